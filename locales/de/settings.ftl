# Die Einstellungen des Arbeitsplatzes auf Deutsch.

## Der Rahmen
settings = Einstellungen
settings-search = In den Einstellungen suchen
settings-found = { $n ->
    [one] 1 Einstellung gefunden
   *[other] { $n } Einstellungen gefunden
}
settings-group-account = Ihr Konto
settings-group-people = Menschen
settings-group-channels = Kanäle
settings-group-house = Arbeitsbereich
settings-not-yours = Das dürfen nur Administratoren ändern.
settings-unsaved = Noch nicht gespeichert
settings-discard = Änderungen verwerfen
settings-failed = Diese Einstellungen konnten nicht geladen werden

## Chat: Regeln
panel-chat-rules = Chat-Regeln
chat-rules-intro = Wie Chats im Team verteilt werden und was geschieht, wenn niemand antwortet.
chat-ringing = Wenn ein Besucher schreibt
chat-answer-within = Sekunden, um einen Chat anzunehmen und zu beantworten
chat-answer-within-why = Danach klingelt der Chat bei allen anderen. Nimmt ihn auch dann niemand, wird der Besucher um eine Adresse gebeten.
chat-most = Gleichzeitige Chats je Agent
chat-most-why = Wer so viele Chats hat, bei dem klingelt es nicht mehr. Stattdessen werden Kollegen gefragt.
chat-leaving = Wenn ein Besucher geht
chat-mail-after = Ungelesene Antworten per Mail senden nach
chat-mail-after-why = Eine Antwort, die der Besucher nicht gesehen hat, geht einmal als Mail hinaus, wenn es eine Adresse gibt. Die Antwort darauf kommt in dieselbe Unterhaltung zurück.
chat-mail-never = Nie
chat-minutes = { $n ->
    [one] 1 Minute
   *[other] { $n } Minuten
}
chat-end-after = Minuten Stille, bis ein Chat endet
chat-end-after-why = Die Unterhaltung bleibt für Ihr Team offen; nur das Gespräch endet.
done-chat-rules = Chat-Regeln gespeichert

## Chat: Fenster
panel-chat-widgets = Chat-Fenster
widgets-intro = Ein Chat-Fenster ist der Chat auf Ihrer Website. Die meisten Läden brauchen eines; mehrere, wenn Marken oder Sprachen verschieden sind.
widgets-all = Alle Chat-Fenster
widgets-none = Noch kein Chat-Fenster
widgets-none-text = Geben Sie ihm einen Namen, dann kommt eine Zeile Code in Ihre Website.
widget-new = Chat-Fenster anlegen
widget-new-hint = Titel des Chats, etwa „Laden an der Ecke“
widget-off = abgeschaltet
widget-install = Auf Ihre Website bringen
widget-install-why = Kopieren Sie diese Zeile in jede Seite, vor das Ende des Body.
widget-csp = Hat Ihre Seite eine Content Security Policy, erlauben Sie diesen Server in script-src und frame-src. Mehr ist nicht nötig.
widget-identity = Angemeldete Kunden
widget-identity-off = Der Server Ihres Ladens kann mit Unterschrift sagen, wer ein Besucher ist. Dieser sieht dann alle eigenen Unterhaltungen.
widget-identity-on = Der Server Ihres Ladens unterschreibt, wer ein Besucher ist.
widget-secret-new = Geheimnis erzeugen
widget-secret-again = Neues Geheimnis erzeugen
widget-secret-drop = Abschalten
widget-secret-once = Legen Sie dieses Geheimnis jetzt auf Ihrem Server ab. Es wird nicht noch einmal gezeigt.
widget-key = Schlüssel
widget-key-why = Er steht in der Zeile oben und ist nicht geheim. Ein neuer schaltet jede Seite ab, die noch den alten trägt.
widget-key-new = Neuen Schlüssel erzeugen
widget-ask-key = Jede Seite mit der alten Zeile verliert ihren Chat, bis Sie die neue einsetzen.
widget-ask-secret = Das alte Geheimnis gilt sofort nicht mehr.
widget-ask-off = Besucher werden nicht mehr als angemeldet erkannt.
widget-ask-yes = Fortfahren
widget-where = Wo es steht
widget-name = Name
widget-name-why = Besucher lesen ihn als Titel des Chats.
widget-origins = Websites, die es zeigen dürfen
widget-origins-why = Eine je Zeile, etwa https://shop.example. Leer heißt überall.
widget-team-why = In diesem Team klingeln Chats zuerst.
widget-any-team = Jedes Team
brand = Marke
widget-brand-why = Mails, die auf einen Chat folgen, tragen diese Marke.
widget-usual-brand = Die übliche
widget-active = Eingeschaltet
widget-active-why = Abgeschaltet verschwindet der Chat von allen Seiten.
widget-looks = Aussehen und Worte
widget-color = Farbe
widget-color-why = Die Schrift darauf wird schwarz oder weiß, je nachdem, was lesbar ist.
color-form = Eine Farbe besteht aus # und sechs Ziffern oder Buchstaben von a bis f, zum Beispiel #2f6b4f.
widget-position = Ecke
widget-right = Rechts
widget-left = Links
widget-launcher = Worte auf dem Knopf
widget-launcher-why = Leer zeigt nur das Zeichen.
widget-greeting = Begrüßung
widget-greeting-why = Das Erste, was ein Besucher liest.
widget-offline = Wenn niemand da ist
widget-offline-why = Steht über dem Formular, das zur Mail-Unterhaltung wird. Leer sagt, wann Sie wieder da sind.
widget-before = Formular vor dem Chat
widget-before-why = Fragen Sie wenig: Jedes Feld kostet Besucher. Eine hier eingegebene Adresse gilt als Behauptung, bis sie belegt ist.
form-never = Kein Formular
form-optional = Darf übersprungen werden
form-required = Muss ausgefüllt werden
form-field = Feld
form-label = Frage
form-kind = Art der Antwort
form-text = Text
form-select = Auswahl
form-options = Eine Möglichkeit je Zeile
form-must = Pflicht
form-own = Eigene Frage
form-up = { $name } nach oben
form-down = { $name } nach unten
form-remove = { $name } entfernen
widget-visitors = Besucher
widget-attachments = Besucher dürfen Dateien senden
widget-attachments-why = Bis zu 10 MB je Datei. Sie werden geprüft wie jeder Anhang.
widget-trail = Zeigen, welche Seiten ein Besucher ansieht
widget-trail-why = Ihr Team sieht die jetzige Seite und die letzten zwanzig. Sagen Sie es in Ihrer Datenschutzerklärung.
widget-query = Behalten, was in Adressen nach dem ? folgt
widget-query-why = Darin können Namen oder Suchworte stehen. Lassen Sie es aus, wenn Sie es nicht brauchen.
widget-privacy = Datenschutzerklärung
widget-privacy-why = Im Menü des Chats verlinkt.
widget-preview = Vorschau des Chats
widget-preview-why = Wie Besucher es sehen, mit dem, was gespeichert ist. Von hier wird nichts gesendet.
widget-delete = Dieses Chat-Fenster löschen
done-widget-saved = Chat-Fenster gespeichert
done-widget-deleted = Chat-Fenster gelöscht
done-widget-key = Es gibt einen neuen Schlüssel

## Teamzeiten
panel-people-hours = Teamzeiten
hours-intro = Wann Ihre Teams da sind. Der Chat sagt ehrlich, wann Sie wieder da sind, und klingelt nur in diesen Zeiten.
hours-no-team = Es gibt noch kein Team. Ohne Team sind Chats immer offen.
hours-always = Immer offen
hours-always-why = Der Chat hängt nur davon ab, ob jemand verfügbar ist.
hours-week = Woche
hours-zone-why = Die Zeiten gelten in dieser Zone. Besucher sehen sie in ihrer eigenen.
hours-copy = Bis Freitag gleich
hours-closed = Geschlossen
hours-from = { $day }, von
hours-to = { $day }, bis
hours-add = Zeiten am { $day } ergänzen
hours-remove = Diese Zeiten am { $day } entfernen
hours-holidays = Feiertage und andere Tage
hours-holidays-why = Diese Tage haben eigene Zeiten. Ohne Zeiten ist geschlossen.
hours-date = Tag
hours-holiday-add = Tag ergänzen
hours-holiday-remove = { $date } entfernen
done-hours = Zeiten gespeichert

# Was ein Postfach von selbst sagt
confirm-title = Erste Mail bestätigen
confirm-why = Wer zum ersten Mal schreibt, erfährt sofort, dass die Mail angekommen ist. Maschinen, Verteiler, gesperrte Absender und Antworten bekommen nie eine Bestätigung, und niemand zwei an einem Tag.
confirm-on = Bestätigung senden
confirm-text = Text
confirm-text-why = {"{"}number{"}"} steht für die Nummer der Unterhaltung. Bleibt das Feld leer, werden die üblichen Worte gesendet.
confirm-language = Sprache der üblichen Worte
error-language-unknown = In dieser Sprache gibt es keine Worte.
done-confirm = Bestätigung von { $address } gespeichert
