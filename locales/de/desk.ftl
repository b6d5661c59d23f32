# The desk, in German.

rapport = Rapport

## Der Rahmen
rail = Orte
rail-inbox = Eingang
rail-search = Suche
rail-new = Neu
rail-me = Du
rail-me-named = Dein Menü, { $name }
views = Ansichten
panel = Kunde und Einzelheiten
close-panel = Seitenleiste schließen
list-width = Breite der Liste
skip-to-main = Zum Gespräch springen
loading = Lädt…
close = Schließen
back = Zurück
cancel = Abbrechen
save = Speichern
saved = Gespeichert
apply = Übernehmen
filter = Filtern…
nothing-found = Nichts gefunden
dismiss = Ausblenden
undo = Rückgängig
try-again = Noch einmal
reload = Neu laden
outdated = Es gibt eine neue Fassung von Rapport.
offline = Keine Verbindung. Du kannst weiter lesen und schreiben.
offline-waiting = { $n ->
    [one] Keine Verbindung. Eine Änderung wartet.
   *[other] Keine Verbindung. { $n } Änderungen warten.
}
broken-title = Rapport ist nicht erreichbar
broken-text = Der Server hat nicht geantwortet. Deine Entwürfe liegen sicher auf diesem Gerät.
part-missing = Dieser Teil ließ sich nicht laden
lost-title = Unter dieser Adresse liegt nichts
lost-text = Der Link ist alt oder vertippt.
to-inbox = Zum Eingang
nothing-open-title = Kein Gespräch geöffnet
nothing-open-text = Wähle eines aus der Liste, oder gehe sie mit j durch.

## Zeiten
time-now = jetzt
time-minutes = { $n } Min.

## Ansichten und Liste
view-mine = Meine
view-unassigned = Offen für alle
view-all = Alle
view-solved = Gelöst
count-more = { $n }+
empty-mine-title = Alles erledigt
empty-mine-text = Nichts wartet auf dich. Vielleicht wartet jemand auf irgendwen.
empty-unassigned-title = Niemand wartet
empty-unassigned-text = Um jedes Gespräch kümmert sich jemand.
empty-all-title = Hier ist es ruhig
empty-all-text = Neue Gespräche erscheinen von selbst.
empty-solved-title = Noch nichts gelöst
empty-solved-text = Was du löst, bleibt hier liegen.
to-unassigned = Offene ansehen
list-failed = Die Liste ließ sich nicht laden
new-rows = { $n ->
    [one] 1 neues
   *[other] { $n } neue
}
row-unread = Ungelesen.
row-answered = Beantwortet
row-select = „{ $subject }“ auswählen
no-subject = (ohne Betreff)
bulk = Ausgewählte Gespräche
bulk-count = { $n ->
    [one] 1 ausgewählt
   *[other] { $n } ausgewählt
}
bulk-clear = Auswahl aufheben

## Status, Dringlichkeit, Art, Kanal
status = Status
status-new = Neu
status-open = Offen
status-pending = Wartet auf Antwort
status-hold = Zurückgestellt
status-solved = Gelöst
status-closed = Abgeschlossen
priority = Dringlichkeit
priority-low = Gering
priority-normal = Normal
priority-high = Hoch
priority-urgent = Dringend
priority-none = Keine
type = Art
type-question = Frage
type-problem = Problem
type-incident = Störung
type-task = Aufgabe
channel = Kanal
channel-email = E-Mail
channel-chat = Chat
channel-widget = Chat
channel-web = Website
channel-portal = Hilfebereich
channel-voice = Anruf
channel-walk-in = Besuch
channel-letter = Brief
channel-sms = SMS
channel-api = Schnittstelle
spam = Spam
not-spam = Kein Spam
deleted = Gelöscht
restore = Wiederherstellen
unassigned = Nicht zugewiesen
nobody = Niemand
unknown = Unbekannt
assignee = Zuständig
agents = Personen
team = Team
teams = Teams
me-named = { $name } (du)
assign-hint = Name einer Person oder eines Teams

## Gespräch
conversation-number = Gespräch { $number }
messages = Nachrichten
message-by = Nachricht von { $name }
note-by = Notiz von { $name }
message-frame = Inhalt der Nachricht
subject = Betreff
rename = Betreff ändern
more = Mehr
older-messages = Ältere Nachrichten zeigen
to-names = an { $names }
from = Von
to = An
cc = Kopie
original = Original herunterladen
repeats = { $n ->
    [one] zweimal eingegangen
   *[other] noch { $n }-mal eingegangen
}
quoted = Früherer Verlauf
attachments = { $n ->
    [one] 1 Anhang
   *[other] { $n } Anhänge
}
note = Notiz
typing = { $name } schreibt…
viewing = { $name } sieht sich das an
also-open = Vom selben Kunden auch offen:
join = Zusammenlegen
follow-up-of = Folgt auf #{ $number }
joined-into = Zusammengelegt mit #{ $number }
thread-failed = Das Gespräch ließ sich nicht laden
mark-claimed-sender = Die Absenderadresse ist nicht belegt. Frage nach, bevor du etwas preisgibst.
mark-not-participant = Der Absender war bisher nicht Teil dieses Gesprächs.
mark-same-message-id = Eine andere Nachricht trägt dieselbe Kennung.
mark-automatic = Automatisch versandt, etwa von einer Abwesenheitsnotiz.
mark-other-sender = Sie kam von einer anderen Adresse als der gefragten.
delivery-held = { $n ->
    [one] Geht in 1 Sekunde hinaus
   *[other] Geht in { $n } Sekunden hinaus
}
delivery-queued = Wartet auf den Versand
delivery-sending = Wird versandt
delivery-delivered = Zugestellt
delivery-failed = Nicht zugestellt.
delivery-unknown = Ob das ankam, ist ungewiss.
send-again = Noch einmal senden
pending-sending = Wird gesendet…
pending-waiting = Wartet auf die Verbindung
edit-again = Wieder bearbeiten
discard = Verwerfen

## Schreiben
mode = Art der Nachricht
reply = Antwort
reply-to = { $name } antworten…
draft-to = Entwurf an { $name } fortsetzen…
reply-hint = Schreibe deine Antwort…
note-hint = Schreibe eine Notiz für dein Team. Mit @ rufst du jemanden.
note-only = Nur dein Team sieht das
write = Text
fold = Einklappen
draft-saving = Wird gespeichert…
draft-saved = Entwurf gespeichert
draft-local = Auf diesem Gerät gespeichert
discard-draft = Entwurf verwerfen
recipients-loading = Ermittle, wer das bekommt…
recipient-new = neu
recipient-outside = außerhalb
recipient-remove = { $address } entfernen
why-added = von dir hinzugefügt
why-wrote_last = schrieb zuletzt
why-was_copied = stand in Kopie
why-requester = hat gefragt
why-was_addressed = war Empfänger
why-chosen = von dir hinzugefügt
left-out = Ausgelassen: { $names }
address-wrong = Das sieht nicht wie eine Adresse aus.
overtaken = Während du schreibst, kam eine neuere Nachricht.
seen = Gesehen
formatting = Formatierung
format-bold = Fett
format-italic = Kursiv
format-underline = Unterstrichen
format-strike = Durchgestrichen
format-bullets = Aufzählung
format-numbers = Nummerierte Liste
format-quote = Zitat
format-code = Code
format-link = Link
format-image = Bild
link-hint = Adresse der Seite
attach = Dateien anhängen
attach-hint = Dateien anhängen (je bis 25 MB)
attachment-remove = { $name } entfernen
mention = Jemanden rufen
uploading = lädt hoch…
upload-too-large = „{ $name }“ ist größer als { $limit }.
upload-too-many = Höchstens { $n } Dateien gehen mit einer Nachricht.
send-email = E-Mail senden
add-note = Notiz ablegen
send-and = Senden und…
send-only = Senden, Status lassen
send-pending = Senden, wartet auf Antwort
send-solved = Senden und lösen
closed-no-reply = Dieses Gespräch ist abgeschlossen. Eine neue Nachricht des Kunden eröffnet ein folgendes.
deleted-no-reply = Dieses Gespräch ist gelöscht.
joined-no-reply = Dieses Gespräch wurde mit einem anderen zusammengelegt.

## Neues Gespräch
start-to-hint = Name oder Adresse
start-hint = Schreibe die erste Nachricht…
start-send = Senden
customers = Kunden

## Kunde
name = Name
edit-customer = Kunden bearbeiten
customer-note = Notiz zum Kunden
customer-since = Kunde seit { $date }
their-hour = Dort ist es { $hour }
verified = Belegt
verified-why = Diese Adresse ist belegt.
claimed = behauptet
claimed-why = Eingetippt oder nicht signiert: diese Adresse ist nicht belegt.
copy = Kopieren
copied = Kopiert
details = Einzelheiten
due = Fällig
opened = Eröffnet
participants = In Kopie
earlier = Andere Gespräche
earlier-none = Das ist das erste.
earlier-failed = Sie ließen sich nicht laden.
tags = Schlagworte
tag-add = Schlagwort
tag-remove = Schlagwort { $tag } entfernen

## Suche
search-hint = Wörter, Namen, Adressen, #Nummer
search-idle-title = Alles durchsuchen
search-idle-text = Gespräche, Nachrichten und Kunden, die du sehen darfst.
search-none-title = Nichts gefunden zu „{ $query }“
search-none-text = Versuche es mit weniger oder anderen Wörtern.
search-failed = Die Suche ging schief
search-partial = Das sind die neuesten Treffer. Es kann mehr geben.
more-results = Weitere Treffer

## Einstellungen
theme = Erscheinung
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
density = Dichte der Liste
density-comfortable = Luftig
density-compact = Kompakt
density-dense = Dicht
language = Sprache
after-solving = Nach dem Lösen
after-next = Zum nächsten Gespräch
after-stay = Bleiben
after-list = Zurück zur Liste
keyboard = Tastatur
single-keys = Kürzel mit einer einzigen Taste
single-keys-why = Schalte sie aus, wenn du diktierst oder versehentlich Tasten drückst. Kombinationen wie Strg K bleiben.
profile = Profil
time-zone = Zeitzone

## Tür
door-signin-title = Willkommen zurück
door-signin-text = Melde dich an deinem Platz an.
door-signin-button = Anmelden
door-signin-done = Melde dich an deinem Platz an.
door-forgot-title = Passwort vergessen?
door-forgot-text = Wir senden dir einen Link, mit dem du ein neues wählst.
door-forgot-button = Link senden
door-forgot-done = Gehört { $email } zu einer Person im Team, ist der Link unterwegs. Er gilt eine Stunde.
door-reset-title = Neues Passwort wählen
door-reset-text = Überall sonst wirst du abgemeldet.
door-reset-button = Passwort speichern
door-reset-done = Dein neues Passwort gilt. Du kannst dich jetzt damit anmelden.
door-invitation-title = Willkommen bei { $workspace }
door-invitation-text = Dein Konto: { $email }
door-invitation-button = Los geht’s
door-invitation-done = Willkommen.
email = E-Mail
password = Passwort
new-password = Neues Passwort
password-hint = Mindestens 10 Zeichen. Ein paar Wörter genügen.
show-password = Passwort zeigen
your-name = Dein Name
forgot-password = Passwort vergessen?
to-signin = Zurück zur Anmeldung

## Handlungen
keys-title = Tastenkürzel
keys-or = oder
keys-off = Einzelne Tasten sind in deinen Einstellungen ausgeschaltet.
palette-hint = Was möchtest du tun?
section-conversation = Gespräch
section-write = Schreiben
section-go = Gehe zu
section-list = Liste
section-desk = Schreibtisch
section-conversations = Gespräche
section-customers = Kunden
action-palette = Suche und Befehle
action-keys = Tastenkürzel
action-search = Suche
action-new = Neues Gespräch
action-go-inbox = Zum Eingang
action-go-mine = Zu meinen
action-go-unassigned = Zu nicht zugewiesenen
action-go-all = Zu allen
action-go-solved = Zu gelösten
action-go-preferences = Einstellungen
action-go-settings = Einstellungen
action-next = Nächstes Gespräch
action-previous = Voriges Gespräch
action-open = Öffnen
action-select = Auswählen
action-extend-down = Auswahl nach unten erweitern
action-extend-up = Auswahl nach oben erweitern
action-view-before = Vorige Ansicht
action-view-after = Nächste Ansicht
action-solve = Lösen
action-reopen = Wieder öffnen
action-pending = Wartet auf Antwort
action-hold = Zurückstellen
action-assign-me = Mir zuweisen
action-assign = Zuweisen…
action-priority = Dringlichkeit setzen
action-tags = Schlagwort hinzufügen
action-spam = Als Spam kennzeichnen
action-unread = Als ungelesen kennzeichnen
action-delete = Löschen
action-undo = Letzte Änderung rückgängig
action-panel = Seitenleiste
action-theme = Hell und dunkel wechseln
action-escape = Schließen, einen Schritt zurück
action-sign-out = Abmelden
action-reply = Antworten
action-note = Notiz schreiben
action-send = Senden
action-send-solved = Senden und lösen
action-fold = Text einklappen

## Was getan wurde
done-status = { $n ->
    [one] Status: { $status }
   *[other] Status von { $n }: { $status }
}
done-assigned = { $name } zugewiesen
done-unassigned = Niemand ist mehr zuständig
done-priority = Dringlichkeit: { $priority }
done-tags = Schlagworte geändert
done-subject = Betreff geändert
done-spam = Als Spam gekennzeichnet
done-not-spam = Kein Spam mehr
done-deleted = Gelöscht
done-joined = Zusammengelegt mit #{ $number }
done-sent = Antwort auf #{ $number } geht hinaus

## Fehler, nach dem Code des Servers
error-offline = Der Server ist nicht erreichbar.
error-wrong_credentials = Adresse oder Passwort stimmt nicht.
error-version_conflict = Jemand hat das inzwischen geändert. Du siehst nun den jetzigen Stand.
error-already_sent = Zu spät: die Nachricht ist schon unterwegs.
error-conversation_closed = Das Gespräch ist abgeschlossen.
error-forbidden = Das darfst du nicht.
error-not_found = Das gibt es nicht, oder du darfst es nicht sehen.
error-refused = Der Server hat das abgelehnt.
error-moved_on = Das lässt sich nicht mehr rückgängig machen: seither hat sich etwas geändert.
error-undo_not_found = Das lässt sich nicht mehr rückgängig machen.
error-already_undone = Das wurde schon rückgängig gemacht.
error-conversation_not_found = Dieses Gespräch gibt es nicht, oder du darfst es nicht sehen.
error-sign_in_wait = Zu viele Versuche. Warte ein wenig und versuche es dann noch einmal.
error-too_many_requests = Das war zu viel auf einmal. Warte ein wenig.
error-session_ended = Deine Sitzung ist zu Ende. Melde dich wieder an.
error-sign_in_first = Melde dich zuerst an.
error-not_permitted = Das darfst du nicht.
error-text_empty = Schreibe zuerst etwas.
error-text_too_long = Dieser Text ist zu lang.
error-file_too_large = Eine Datei darf höchstens 25 MB haben.
error-uploads_too_many = Das sind zu viele Dateien für eine Nachricht.
error-recipient_missing = Sage, wer das bekommen soll.
error-recipient_invalid = Eine der Adressen stimmt nicht.
error-recipient_own = Eine der Adressen ist unsere eigene.
error-recipients_too_many = Das sind zu viele Empfänger.
error-password_short = Das Passwort braucht mindestens 10 Zeichen.
error-password_long = Dieses Passwort ist zu lang.
error-reset_not_found = Dieser Link gilt nicht mehr. Fordere einen neuen an.
error-invitation_not_found = Diese Einladung gilt nicht mehr. Bitte um eine neue.
error-assignee_inactive = Diese Person arbeitet hier nicht mehr.
error-not_resendable = Nur eine gescheiterte Nachricht lässt sich noch einmal senden.
error-joined_already = Dieses Gespräch wurde schon zusammengelegt.
error-database_unavailable = Der Server ist beschäftigt. Versuche es gleich noch einmal.
error-database_busy = Der Server ist beschäftigt. Versuche es gleich noch einmal.
error-took_too_long = Das dauerte zu lange. Versuche es noch einmal.
error-team_exists = Es gibt schon ein Team mit diesem Namen.
error-team_not_found = Dieses Team gibt es nicht.
error-brand_exists = Es gibt schon eine Marke mit diesem Namen.
error-brand_not_found = Diese Marke gibt es nicht.
error-brand_usual = Was keine andere Marke nennt, gehört zu dieser, darum bleibt sie.
error-password_wrong = Das ist nicht dein jetziges Passwort.
error-password_not_yours = Melde dich an, um dein Passwort zu ändern.
error-uploads_full = Zu viele Dateien warten darauf, gesendet zu werden. Sende oder entferne einige.
error-upload_not_found = Diese Datei ist nicht mehr da.
error-upload_cut_off = Die Datei kam nicht vollständig an. Versuche es noch einmal.
error-transfers_busy = Zu viele Dateien sind unterwegs. Versuche es gleich noch einmal.
error-transfers_too_many = Warte, bis einige deiner Dateien angekommen sind.
error-blob_not_written = Die Datei konnte nicht gespeichert werden.
error-time_zone_invalid = Eine Zeitzone heißt zum Beispiel Europe/Berlin.
error-locale_invalid = Eine Sprache heißt zum Beispiel en, de oder pt-BR.
error-last_owner = Ein Arbeitsbereich behält mindestens einen aktiven Inhaber.
error-role_too_strong = Diese Rolle darf mehr als deine.
error-side_to_customer = Diese Adresse gehört dem Kunden. Antworte, statt weiterzuleiten.
error-recipient_unread = Eine dieser Adressen liest niemand.
error-recipient_list = Eine dieser Adressen ist eine Mailingliste.
error-quote_note = Notizen, und was an andere Dritte ging, werden nie weitergeleitet.
error-quote_unknown = Eine der gewählten Nachrichten ist nicht mehr da.
error-quotes_too_many = Das sind zu viele Nachrichten für eine Mail.
error-quote_too_large = Diese Nachrichten sind zu lang für eine Mail. Wähle weniger.
error-attachments_too_large = Diese Dateien sind zu viel für eine Mail: zusammen höchstens 25 MB.
error-side_not_found = Das gibt es nicht, oder du darfst es nicht sehen.
error-contact_in_future = Diese Zeit ist noch nicht gekommen.
error-contact_too_old = Das ist mehr als zehn Jahre her.
error-duration_invalid = Ein Kontakt dauert höchstens einen Tag.
error-requester_missing = Wer war es? Ein Name, eine Nummer oder eine Adresse genügt.
error-merge_itself = Ein Kunde kann nicht mit sich selbst zusammengeführt werden.
error-customer_merged = Dieser Kunde wurde mit einem anderen zusammengeführt.
error-customer_not_found = Diesen Kunden gibt es nicht.
error-too_many_identities = Zusammen haben sie zu viele Adressen und Nummern.
error-block_public_domain = Bei diesem Anbieter kann jeder eine Adresse haben. Sperre einzelne Adressen.
error-nothing_to_block = Dieser Kunde hat keine Adresse, die gesperrt werden könnte.
error-block_not_found = Diese Sperre besteht nicht mehr.
error-blocked_not_found = Das ist nicht mehr da.
error-released_already = Das wurde schon eingelassen.
error-not_kept = Davon wurde nur der Kopf behalten, es kann nicht eingelassen werden.
error-channel_off = Dieser Kanal ist ausgeschaltet.
error-channel_unknown = Diesen Kanal gibt es nicht.
error-address_invalid = Diese Adresse oder Nummer stimmt nicht.
