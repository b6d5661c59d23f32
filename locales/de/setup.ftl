# Konto, Menschen, Mail und Arbeitsbereich in den Einstellungen, auf Deutsch.

## Erste Schritte
settings-group-start = Für den Anfang
panel-first-steps = Erste Schritte
steps-intro = Was { $workspace } braucht, bevor es Kunden antworten kann. Die Liste sieht nach, wie es wirklich steht.
steps-done = { $done } von { $all } erledigt
steps-all = Alles erledigt. Ihr Team kann anfangen.
step-is-done = Erledigt
step-is-unknown = Nicht zu ermitteln
step-do = Einrichten
step-look = Ansehen
step-mailbox = Ein Postfach verbinden
step-mailbox-why = Mails an Ihre Adresse werden zu Unterhaltungen.
steps-unnamed = Kunden lesen Ihren Namen neben Ihren Antworten, und noch heißen Sie „{ $name }“.
steps-unnamed-do = Namen eintragen
step-outgoing = Ausgehende Mail einrichten und prüfen
step-outgoing-why = Antworten und Einladungen gehen über Ihren Mailserver hinaus.
step-outgoing-half = Von diesem Browser aus nicht geprüft
step-team = Ein Team anlegen
step-team-why = Unterhaltungen und Chats gehen zuerst an ein Team, etwa „Bestellungen“.
step-hours = Die Zeiten des Teams festlegen
step-hours-why = Der Chat sagt ehrlich, wann Sie wieder da sind.
step-colleagues = Kollegen einladen
step-colleagues-why = Alle arbeiten mit einem eigenen Konto.
step-colleagues-half = Eingeladen, noch nicht da
step-widget = Den Chat auf Ihre Website bringen
step-widget-why = Eine Zeile Code, und Besucher können Ihnen schreiben. Chats klingeln bei allen, die verfügbar sind: die Sprechblase neben Ihrem Bild.

## Konto: Profil
panel-people-profile = Profil
profile-intro = Wie Kollegen und Kunden Sie sehen. Diese Einstellungen gelten auf jedem Gerät.
profile-name = Ihr Name
profile-name-why = Kunden lesen ihn unter Ihren Antworten.
profile-email-why = Damit melden Sie sich an. Sie lässt sich nicht ändern.
profile-locale = Ihre Sprache
profile-locale-why = Die Sprache Ihres Arbeitsplatzes. Kunden merken davon nichts.
profile-zone = Ihre Zeitzone
profile-zone-why = Zeiten werden in dieser Zone gezeigt.
profile-preferences = Aussehen, Dichte und Tasten dieses Geräts
as-workspace = Wie der Arbeitsbereich
done-profile = Profil gespeichert

## Account: notifications
panel-notifications-mail = Benachrichtigungen per E-Mail
notifications-intro = Was Sie an { $address } erfahren, während Sie nicht an Ihrem Desk sind. Was innerhalb von zwei Minuten geschieht, wird eine E-Mail. Nie für das, was Sie selbst getan haben.
notifications-when = Benachrichtigen, wenn
notifications-mentioned = ich in einer Notiz erwähnt werde
notifications-assigned = mir eine Unterhaltung zugewiesen wird
notifications-replied = ein Kunde in einer meiner Unterhaltungen schreibt
notifications-unassigned = eine neue Unterhaltung in einem meiner Teams noch niemanden hat
notifications-unassigned-why = Alle im Team, die das gewählt haben, bekommen es, außer jemand übernimmt die Unterhaltung sofort.
notifications-undelivered = eine Antwort, die ich per E-Mail gab, nicht angekommen ist
notifications-nothing = Sie erfahren nichts per E-Mail.
notifications-desk = Während Sie da sind
notifications-at-desk = Auch während mein Desk irgendwo offen ist
notifications-at-desk-why = Sonst genügt der Desk, solange Sie ihn vor sich haben, nicht hinter anderen Tabs. Verlassen Sie ihn, erfahren Sie, was in der letzten Stunde kam und noch ungelesen ist.
notifications-back = Wenn Sie auf eine solche E-Mail antworten
notifications-back-note = Daraus wird eine interne Notiz. Der Kunde sieht sie nie.
notifications-back-answer = Um dem Kunden zu antworten, schreiben Sie an die andere Adresse, die in der E-Mail steht. Es geht in Ihrem Namen hinaus, ohne Ihre Signatur und ohne das Zitierte.
notifications-back-parked = Sie muss von Ihrer eigenen Adresse kommen, und die Mailserver Ihrer Firma müssen beweisen, dass sie von Ihnen ist (SPF, DKIM, DMARC). Was zweifelhaft ist, wird nicht gesendet und steht mit dem Grund in der Unterhaltung.
done-notifications = Benachrichtigungen gespeichert

## Konto: Sicherheit
panel-people-security = Passwort und Sitzungen
security-intro = Wie Sie sich anmelden, und wo Sie gerade angemeldet sind.
password-change = Das Passwort ändern
password-change-why = Hier bleiben Sie angemeldet. In jedem anderen Browser müssen Sie sich neu anmelden.
password-current = Jetziges Passwort
password-save = Passwort ändern
done-password = Ihr Passwort ist geändert
sessions = Wo Sie angemeldet sind
sessions-why = Kennen Sie eine davon nicht, beenden Sie sie und ändern Sie Ihr Passwort.
session-this = dieser Browser
session-unknown = Unbekanntes Gerät
session-since = seit { $when }
session-seen = zuletzt { $when }
session-end = Abmelden
session-end-named = { $name } abmelden
sessions-end-others = Überall sonst abmelden
done-session = Dieser Browser ist abgemeldet
done-sessions = Sie sind überall sonst abgemeldet

## Konto: API-Schlüssel
panel-people-tokens = API-Schlüssel
tokens-intro = Mit einem Schlüssel arbeitet ein Programm in Ihrem Namen, mit allem, was Sie dürfen.
tokens-none = Noch kein Schlüssel
tokens-none-text = Sie brauchen nur einen, wenn ein eigenes Programm mit Rapport spricht.
token-new = Neuer Schlüssel
token-name = Wofür er ist
token-name-why = Ein Name, an dem Sie ihn wiedererkennen, etwa „Lagerliste“.
token-make = Schlüssel erzeugen
token-made = Der Schlüssel „{ $name }“
token-once = Bewahren Sie ihn jetzt sicher auf. Er wird nicht noch einmal gezeigt.
token-since = erzeugt am { $date }
token-drop = Widerrufen
token-drop-named = { $name } widerrufen
token-drop-yes = Endgültig widerrufen
token-drop-why = Das Programm, das ihn benutzt, hört sofort auf zu arbeiten. Das lässt sich nicht rückgängig machen.
done-token-dropped = Der Schlüssel gilt nicht mehr

## Arbeitsbereich
panel-people-workspace = Arbeitsbereich
workspace-intro = Was für alle gilt, die nichts Eigenes eingestellt haben.
workspace-name = Name
workspace-name-why = Steht in Einladungen und bei der Anmeldung, also Ihre Firma oder Ihr Laden.
workspace-locale = Sprache
workspace-locale-why = Mails von Rapport selbst, und der Arbeitsplatz von Agenten ohne eigene Sprache.
workspace-zone = Zeitzone
workspace-zone-why = Zeiten von Agenten ohne eigene Zone.
done-workspace = Arbeitsbereich gespeichert

## Regeln für Unterhaltungen
panel-conversations-rules = Regeln für Unterhaltungen
rules-intro = Was mit Antworten geschieht, bevor sie hinausgehen, und mit Unterhaltungen, wenn sie gelöst sind.
rules-undo = Sekunden, in denen eine Antwort zurückgenommen werden kann
rules-undo-why = So lange wartet jede Antwort per Mail, bevor sie hinausgeht. 0 sendet sofort, 60 ist das Höchste.
rules-close = Tage, bis eine gelöste Unterhaltung geschlossen wird
rules-close-why = Bis dahin öffnet eine Antwort sie wieder. Danach beginnt eine Antwort eine neue Unterhaltung.
done-rules = Regeln gespeichert

## Agenten
panel-people-agents = Agenten
agents-intro = Alle, die hier arbeiten, und was sie dürfen.
agents-all = { $n ->
    [one] 1 Agent
   *[other] { $n } Agenten
}
agents-filter = Name oder Adresse
agents-invite = Jemanden einladen
agents-invite-why = Eine Mail mit einem Link geht hinaus; mit einem Passwort kann es losgehen. Der Link gilt 7 Tage.
agents-invite-teams = Teams, in die sie kommen
agents-invite-do = Einladung senden
agents-invite-waits = Noch ist kein Server für ausgehende Mail genannt. Die Einladung wartet, bis es einen gibt.
agents-pending = Eingeladen, noch nicht da
agents-pending-why = Eine zurückgenommene Einladung gilt nicht mehr.
agent-role = Rolle
agent-role-why = Was sie dürfen. Das können Sie jederzeit ändern.
agent-role-of = Rolle von { $name }
agent-until = bis { $date }
agent-take-back = Zurücknehmen
agent-take-back-named = Einladung von { $name } zurücknehmen
agent-inactive = deaktiviert
agent-deactivate = Deaktivieren
agent-deactivate-named = { $name } deaktivieren
agent-deactivate-why = Wer deaktiviert ist, wird sofort abgemeldet und kommt nicht mehr herein. Geschriebenes bleibt, und Sie können es wieder ändern.
agent-activate = Aktivieren
agent-activate-named = { $name } aktivieren
done-invited = Die Einladung an { $email } ist unterwegs
done-invitation-back = Die Einladung an { $email } ist zurückgenommen
done-agent-role = Die Rolle von { $name } ist geändert
done-agent-out = { $name } ist deaktiviert
done-agent-in = { $name } ist wieder aktiv

## Teams und Marken
panel-people-teams = Teams
teams-intro = Ein Team sind die Menschen, die sich um eine Art von Fragen kümmern. Unterhaltungen und Chats können zuerst dorthin gehen.
teams-new = Neues Team
teams-name-why = Nur Ihre Kollegen sehen ihn, etwa „Bestellungen“ oder „Werkstatt“.
teams-make = Team anlegen
teams-none = Noch kein Team
done-teams-made = Team „{ $name }“ angelegt. Wählen Sie nun seine Mitglieder.
panel-people-brands = Marken
brands-intro = Eine Marke ist ein Gesicht gegenüber Kunden, mit eigenen Postfächern und Chats. Den meisten Läden genügt eine.
brands-new = Neue Marke
brands-name-why = Kunden lesen ihn, also der Name des Ladens.
brands-make = Marke anlegen
brands-none = Noch keine Marke
done-brands-made = Marke „{ $name }“ angelegt
brand-usual = die übliche
brand-usual-why = Was keine andere Marke nennt, gehört zu dieser.
brand-members = Menschen
brand-members-of = Menschen bei { $name }
group-members = Mitglieder
group-members-of = Mitglieder von { $name }
group-rename = Umbenennen
group-rename-named = { $name } umbenennen
group-new-name = Neuer Name für { $name }
group-archive = Archivieren
group-archive-named = { $name } archivieren
group-archive-why = Archiviertes behält, was es hat, und wird nicht mehr angeboten. Sie können es zurückholen.
group-archived = archiviert
group-restore = Zurückholen
group-restore-named = { $name } zurückholen
done-renamed = In „{ $name }“ umbenannt
done-archived = „{ $name }“ ist archiviert
done-restored = „{ $name }“ ist wieder da
done-members = Mitglieder von „{ $name }“ gespeichert

## Rollen
panel-people-roles = Rollen
roles-intro = Eine Rolle sagt, was jemand darf und welche Unterhaltungen zu sehen sind. Vier kommen mit Rapport; legen Sie eigene an, wenn sie nicht passen.
role-new = Neue Rolle
role-name-why = Etwa „Aushilfe“.
role-may = Darf
role-reach = Sieht
role-everything = Alles
role-nothing = Nichts
role-built-in = mitgeliefert
role-built-in-why = Rollen, die mit Rapport kommen, bleiben, wie sie sind. Legen Sie für anderes eine eigene an.
role-look = Ansehen
role-look-named = { $name } ansehen
role-change = Ändern
role-change-named = { $name } ändern
role-of = { $n } von { $all }
role-name-owner = Inhaber
role-name-admin = Administrator
role-name-agent = Agent
role-name-light_agent = Mitleser
reach-all = Alle Unterhaltungen
reach-all-why = Alles im Arbeitsbereich.
reach-teams = Die der eigenen Teams
reach-teams-why = Was zu einem eigenen Team gehört, und was ihnen zugewiesen ist.
reach-brands = Die der eigenen Marken
reach-brands-why = Was zu einer eigenen Marke gehört, und was ihnen zugewiesen ist.
reach-own = Nur die eigenen
reach-own-why = Nur was ihnen zugewiesen ist.
grant-agent = Agenten
grant-brand = Marken
grant-chat = Chat und Chat-Fenster
grant-company = Firmen
grant-conversation = Unterhaltungen
grant-customer = Kunden
grant-email = Postfächer und ausgehende Mail
grant-invitation = Einladungen
grant-message = Nachrichten
grant-role = Rollen
grant-team = Teams und ihre Zeiten
grant-token = Eigene API-Schlüssel
grant-workspace = Der Arbeitsbereich
done-role = Rolle „{ $name }“ gespeichert
done-role-made = Rolle „{ $name }“ angelegt

## Postfächer
panel-email-mailboxes = Postfächer
mailboxes-intro = Die Adressen, an die Ihre Kunden schreiben. Jede Mail an eine davon wird zu einer Unterhaltung.
mailboxes-none = Noch kein Postfach
mailboxes-none-text = Tragen Sie die Adresse ein, die Ihre Kunden kennen.
mailbox-new = Eine Adresse hinzufügen
mailbox-new-why = Antworten gehen von der Adresse aus, an die der Kunde geschrieben hat.
mailbox-add = Adresse hinzufügen
mailbox-address = Adresse
mailbox-address-why = Wie Kunden sie kennen, etwa support@ihr-laden.example.
mailbox-name = Name des Absenders
mailbox-name-why = Kunden lesen ihn neben der Adresse. Leer steht die Adresse allein.
mailbox-team = Team
mailbox-team-why = Neue Unterhaltungen gehen an dieses Team.
mailbox-no-team = Kein Team
mailbox-brand = Marke
mailbox-brand-why = Neue Unterhaltungen tragen diese Marke.
mailbox-usual-brand = Die übliche
mailbox-change = Ändern
mailbox-change-named = { $address } ändern
mailbox-remove = Entfernen
mailbox-remove-named = { $address } entfernen
mailbox-remove-why = Mails an eine entfernte Adresse werden von da an abgelehnt. Unterhaltungen, die durch sie kamen, bleiben.
mailbox-forward = Wie Mail hierher kommt
mailbox-forward-why = Die Adresse einzutragen ist die eine Hälfte. Die andere geschieht einmal auf dem Mailserver, der Ihre Domain hat. Eines davon genügt:
mailbox-forward-relay = Leiten Sie Mail für die Adresse per SMTP an diesen Server weiter. Wer ihn betreibt, öffnet den Port mit --smtp-listen.
mailbox-forward-pipe = Oder, wenn der Mailserver auf demselben Rechner läuft, geben Sie die Mail in diesen Befehl:
mailbox-forward-try = Probieren Sie es: Schreiben Sie von anderswo an die Adresse. Die Mail steht in Sekunden unter „Offen für alle“; wenn nicht, sehen Sie unter „Zurückgestellte Mails“ nach.
mailbox-incoming = Eingang
mailbox-incoming-named = Eingang: wie Mail zu { $address } kommt
mailbox-forward-fetch = Lassen Sie sie aus dem Postfach abholen, das Sie haben: Drücken Sie „Eingang“ neben der Adresse.
source-title = Aus einem Postfach abgeholt
source-why = Rapport holt, was neu ist, und lässt alles andere in Ruhe. Auf frühere Mail wird nichts von selbst geantwortet, und niemand wird benachrichtigt.
source-provider = Anbieter
source-provider-why = Trägt den Server ein. Der Benutzername ist meist die ganze Adresse.
source-provider-other = Ein anderer
source-app-password = { $name } will ein Passwort, das für ein einzelnes Programm gemacht ist: Machen Sie dort in Ihrem Konto eines und tragen Sie es unten ein.
source-protocol = Protokoll
source-host = Server
source-password-kept = Leer behält das gespeicherte Passwort.
source-which = Welche Mails
source-from-now = Neue Mail von jetzt an
source-from-now-why = Was schon dort liegt, bleibt, wo es ist.
source-history = Auch frühere Mail
source-history-why = Sie wird mit ihrem Datum als gelöste Unterhaltungen abgelegt. Niemand wird benachrichtigt.
source-history-days = Tage zurück
source-afterwards = Abgeholte Mail auf dem Server
source-keep = bleibt, wie sie ist
source-keep-why = Nicht einmal ein Kennzeichen ändert sich.
source-seen = wird als gelesen markiert
source-seen-why = Andere Programme zeigen sie als gelesen.
source-move = wandert in einen Ordner
source-move-why = Der Posteingang dort bleibt leer.
source-delete = wird später gelöscht
source-delete-why = Nur was abgeholt wurde, nach diesen Tagen.
source-move-to = Ordner
source-keep-days = Tage bis dahin
source-folder = Ordner
source-folder-why = Meist INBOX. Mehrere trennt ein Komma; ein Name mit Komma steht in Anführungszeichen: "A, B".
source-sent = Ordner der gesendeten Mail
source-sent-why = Was aus Ihrem Mailprogramm gesendet wird, liegt dann in seiner Unterhaltung. Leer lässt es aus.
source-look = Testen und vorausschauen
source-looking = Sieht nach …
source-connect = Verbinden
source-opens = Es öffnet sich.
source-mails = { $n ->
    [0] Es liegt keine Mail darin.
    [one] Eine Mail liegt darin.
   *[other] { $n } Mails liegen darin.
}
source-tells = Neue Mail kommt in Sekunden.
source-looks = Neue Mail kommt binnen einer Minute.
source-takes-none = Keine davon wird geholt: 0 Unterhaltungen, 0 Antworten.
source-takes-some = Die der gewählten Tage werden als gelöst abgelegt; wie viele, kann dieser Server nicht sagen.
source-takes = { $n ->
    [one] Eine davon ist aus den letzten { $days } Tagen und wird als gelöst abgelegt.
   *[other] { $n } davon sind aus den letzten { $days } Tagen und werden als gelöst abgelegt.
}
source-is-well = Holt ab
source-is-fresh = Verbunden
source-is-waiting = Holt auf
source-is-failing = Holt nicht ab
source-is-hook = Eingereicht
source-failing = Seit { $since } konnte nicht abgeholt werden
source-failing-now = Es kann nicht abgeholt werden
source-server = Server
source-fetched = Zuletzt nachgesehen
source-never = noch nicht
source-newest = Neueste Mail
source-none-yet = noch keine
source-waiting = Wartet noch dort
source-waiting-n = { $n ->
    [0] nichts
    [one] eine Mail
   *[other] { $n } Mails
}
source-unfetched = Nicht abzuholen
source-unfetched-n = { $n ->
    [one] eine Mail
   *[other] { $n } Mails
}
source-fetch-now = Jetzt abholen
source-change = Ändern
source-disconnect = Nicht mehr abholen
done-source = { $host } ist verbunden
done-fetching = Wird abgeholt
done-disconnected = { $address } wird nicht mehr abgeholt
hook-title = Von einem Anbieter eingereicht
hook-why = Ein Mailanbieter schickt jede Mail so, wie sie kam (message/rfc822), an eine eigene Adresse.
hook-make = Adresse anlegen
hook-renew = Neue Adresse anlegen
hook-remove = Zurücknehmen
hook-url = Hierher Mail schicken
hook-once = Sie steht nur dieses eine Mal hier. Eine neue beendet die alte.
hook-url-signed = Sie wird nur dieses eine Mal gezeigt. Die Adresse allein lässt niemanden herein: Jede Mail muss signiert sein.
hook-key = Signaturschlüssel
hook-key-once = Er wird nur dieses eine Mal gezeigt. Bibliotheken der Standard Webhooks wollen ihn in Base64, hinter „whsec_“.
hook-signed = Jede Mail muss signiert sein
hook-signed-why = Mit HMAC-SHA256 und der Uhrzeit (Standard Webhooks). Was älter als fünf Minuten ist, wird abgelehnt, und was schon angenommen wurde, nicht noch einmal gespeichert. Ausgeschaltet kann jeder Mail einliefern, der die Adresse kennt.
hook-is-signed = Jede Mail muss signiert sein.
hook-is-plain = Wer die Adresse kennt, kann Mail einliefern.
hook-example = Zum Ausprobieren mit einer Mail in einer Datei:
hook-example-copy = Befehl kopieren
hook-since = Angelegt { $when }.
hook-used = Zuletzt benutzt { $when }.
hook-unused = Noch nicht benutzt.
done-hook-removed = Die Adresse nimmt keine Mail mehr an
done-mailbox = { $address } ist eingetragen. Wählen Sie nun, wie ihre Mail hierher kommt.
done-mailbox-saved = { $address } gespeichert
done-mailbox-removed = { $address } ist entfernt

## Ausgehende Mail
panel-email-outgoing = Ausgehende Mail
outgoing-intro = Der Server, über den Antworten, Einladungen und Hinweise hinausgehen. Ist er gespeichert, können Sie eine Testmail senden.
outgoing-not-set = Noch ist kein Server genannt. Bis dahin warten Antworten, und nichts geht hinaus.
outgoing-server = Server
outgoing-host = Name des Servers
outgoing-host-why = Ihr Mailanbieter nennt ihn „SMTP-Server“ oder „Postausgang“.
outgoing-port = Port
outgoing-port-why = Ändert sich mit dem Schutz. Üblich ist 587.
outgoing-security = Schutz
outgoing-starttls = STARTTLS
outgoing-starttls-why = Beginnt offen und muss dann verschlüsselt werden, sonst wird nichts gesendet. Üblich mit Port 587.
outgoing-tls = TLS von Anfang an
outgoing-tls-why = Vom ersten Byte an verschlüsselt. Üblich mit Port 465.
outgoing-none = Keiner
outgoing-none-why = Offen. Nur für einen Server auf demselben Rechner.
outgoing-account = Konto
outgoing-username = Benutzername
outgoing-username-why = Oft die ganze Adresse. Leer, wenn der Server keinen verlangt.
outgoing-password = Passwort
outgoing-password-why = Es wird verschlüsselt gespeichert und nie wieder gezeigt.
outgoing-password-kept = Eines ist gespeichert. Leer lassen, um es zu behalten.
outgoing-password-lost = Das gespeicherte Passwort gehört zum alten Server und Benutzernamen. Geben Sie es neu ein.
outgoing-forget = Das gespeicherte Passwort vergessen
outgoing-from = Üblicher Absender
outgoing-from-why = Einladungen und Hinweise kommen aus diesem Postfach. Antworten kommen aus dem, an das der Kunde geschrieben hat.
outgoing-from-first = Das erste Postfach
outgoing-more = Eigenes Zertifikat
outgoing-certificate = Zertifikat, dem auch vertraut wird (PEM)
outgoing-certificate-why = Nur für einen Server, dessen Zertifikat keine bekannte Stelle unterschrieben hat.
outgoing-test = Eine Testmail senden
outgoing-test-why = Sendet wirklich und zeigt, was der Server antwortet.
outgoing-test-to = An
outgoing-test-do = Test senden
outgoing-test-save = Erst speichern: Der Test benutzt, was gespeichert ist.
outgoing-testing = Wird gesendet …
outgoing-said = Die Antwort des Servers:
outgoing-fate-taken = Der Server hat die Mail angenommen. Sehen Sie nach, ob sie ankommt.
outgoing-fate-postponed = Nicht jetzt: Der Server ist nicht erreichbar oder bittet, es später zu versuchen.
outgoing-fate-refused = Der Server hat die Mail abgelehnt.
outgoing-fate-unclear = Die Verbindung ist abgebrochen. Ob die Mail angenommen wurde, ist nicht sicher.
done-outgoing = Ausgehende Mail gespeichert

## Zurückgestellte Mails
panel-email-parked = Zurückgestellte Mails
panel-email-trust = Vertrauen und Spam
parked-intro = Mails und andere Arbeiten, die immer wieder gescheitert sind. Nichts ist verloren: Beheben Sie die Ursache und versuchen Sie es noch einmal.
parked-look = Noch einmal nachsehen
parked-none = Nichts ist zurückgestellt
parked-none-text = Alles, was kam, wurde verarbeitet.
parked-from = Mail von { $sender }
parked-to = an { $to }
parked-job = Arbeit „{ $job }“
parked-cause = { $n ->
    [one] Einmal versucht:
   *[other] { $n }-mal versucht:
}
parked-no-cause = keine Ursache bekannt
parked-raw = Original
parked-raw-named = Original herunterladen: { $name }
parked-retry-named = Noch einmal versuchen: { $name }
parked-give-up = Aufgeben
parked-give-up-named = Aufgeben: { $name }
done-given-up = Es wird nicht mehr versucht
unfetched-title = Mail, die nicht abzuholen war
unfetched-why = Sie liegt noch auf dem anderen Server, und alles hinter ihr wurde geholt. Sie wird von selbst wieder versucht, immer seltener.
unfetched-retry-named = Noch einmal abholen: eine Mail für { $address }
unfetched-leave = Dort lassen
unfetched-leave-named = Dort lassen: eine Mail für { $address }
done-left-there = Sie bleibt auf dem Server
done-retried = Es wird noch einmal versucht

## Was der Server hier ablehnt
error-email_taken = Es gibt schon einen Agenten mit dieser Adresse.
error-email_invalid = Das ist keine E-Mail-Adresse.
error-name_long = Dieser Name ist zu lang.
error-agent_not_found = Diesen Agenten gibt es nicht mehr.
error-role_not_found = Diese Rolle gibt es nicht mehr.
error-role_exists = Es gibt schon eine Rolle mit diesem Namen.
error-role_built_in = Rollen, die mit Rapport kommen, können nicht geändert werden.
error-grants_invalid = Eine dieser Berechtigungen gibt es nicht.
error-too_many_members = Das sind zu viele Menschen: höchstens 1.000.
error-too_many_teams = Ein Agent ist in höchstens 100 Teams.
error-session_not_found = Diese Sitzung ist schon beendet.
error-token_not_found = Diesen Schlüssel gibt es nicht mehr.
error-source_unreachable = Der Mailserver antwortet nicht. Prüfen Sie Name und Port, und ob eine Firewall dazwischen ist.
error-source_untrusted = Dem Zertifikat des Servers wird nicht vertraut. Prüfen Sie den Namen des Servers, oder tragen Sie sein Zertifikat ein.
error-source_no_starttls = Der Server bietet auf diesem Port kein STARTTLS. Versuchen Sie TLS auf einem anderen Port.
error-source_login = Der Server lehnt Benutzername oder Passwort ab. Manche Anbieter wollen ein Passwort, das für ein einzelnes Programm gemacht ist.
error-source_grant = Der Server lehnt den erteilten Zugriff ab. Melden Sie sich neu an, als jemand, der dieses Postfach öffnen darf.
error-source_grant_host = Dieser Server gehört nicht dem Anbieter, der den Zugriff erteilt hat. Nur dessen eigene Server bekommen ihn zu sehen.
error-source_no_grants = Dieser Server nimmt nur Passwörter. Geben Sie Benutzernamen und Passwort ein.
error-source_broken = Die Verbindung zum Server ist abgebrochen. Es wird von selbst wieder versucht.
error-source_unwilling = Der Server lehnt ab, worum er gebeten wurde. Seine eigenen Worte sagen vielleicht, warum.
error-source_folder = Diesen Ordner gibt es auf dem Server nicht.
error-source_host = Nennen Sie den Mailserver, etwa imap.example.com.
error-source_port = Ein Port liegt zwischen 1 und 65535.
error-source_username = Tragen Sie den Benutzernamen des Postfachs ein.
error-source_password = Das kann kein Passwort sein.
error-source_password_missing = Tragen Sie das Passwort ein.
error-source_clear = Ein Passwort geht nur über TLS, oder an diesen Rechner selbst.
error-source_pop3 = POP3 kennt keine Ordner und keine Kennzeichen. Dafür braucht es IMAP.
error-source_folders = Nennen Sie höchstens 20 Ordner, so wie der Server sie nennt.
error-source_move_to = Nennen Sie den Ordner, in den abgeholte Mail kommt.
error-source_move_round = Aus diesem Ordner wird abgeholt. Nennen Sie einen anderen.
error-source_keep_days = Das ist eine Zahl von Tagen bis 3650.
error-source_history_days = Das ist eine Zahl von Tagen bis 36500.
error-source_not_found = Dieses Postfach wird nicht mehr abgeholt.
error-hook_not_found = Diese Adresse gibt es nicht mehr.
error-unfetched_not_found = Diese Mail wartet nicht mehr.
error-job_not_found = Das ist nicht mehr zurückgestellt.
error-no_certificates = Dieses System kennt keine Zertifizierungsstelle. Installieren Sie das Paket ca-certificates.
error-mailbox_exists = Diese Adresse ist schon in Gebrauch.
error-mailbox_not_found = Dieses Postfach gibt es nicht mehr.
error-no_mailbox = Fügen Sie erst ein Postfach hinzu: Von dort geht Mail aus.
error-no_outgoing = Nennen Sie erst den Server für ausgehende Mail.
error-outgoing_not_set = Noch ist kein Server für ausgehende Mail genannt.
error-trusted_certificate = Dieses Zertifikat ist nicht lesbar.
error-setting_invalid = Einer dieser Werte ist nicht möglich.

# Refusals
error-team_exists = Es gibt schon ein Team mit diesem Namen.
error-brand_exists = Es gibt schon eine Marke mit diesem Namen.
error-brand_usual = Was keine andere Marke nennt, gehört zu dieser, darum bleibt sie.
error-password_wrong = Das ist nicht Ihr jetziges Passwort.
error-password_not_yours = Melden Sie sich an, um Ihr Passwort zu ändern.
error-time_zone_invalid = Eine Zeitzone heißt zum Beispiel Europe/Berlin.
error-locale_invalid = Eine Sprache heißt zum Beispiel en, de oder pt-BR.
error-last_owner = Ein Arbeitsbereich behält mindestens einen aktiven Inhaber.
error-role_too_strong = Diese Rolle darf mehr als Ihre.
error-origin_invalid = Eine Adresse sieht so aus: https://shop.example, ohne Pfad.
error-color_invalid = Eine Farbe sieht so aus: #3a34c9.
error-form_invalid = Im Formular stimmt etwas nicht.
error-widget_not_found = Dieses Chat-Fenster gibt es nicht mehr.
error-privacy_url_invalid = Eine Adresse beginnt mit https://.
error-schedule_invalid = Diese Zeiten stimmen nicht.
