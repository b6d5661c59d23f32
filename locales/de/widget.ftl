# Das Chat-Fenster auf Deutsch.

launcher-open = Chat öffnen
launcher-close = Chat schließen
launcher-new = Chat öffnen: Es gibt neue Nachrichten

status-here = Wir sind da
status-answer = { $minutes ->
    [one] Wir antworten in etwa einer Minute
   *[other] Wir antworten in etwa { $minutes } Minuten
}
status-busy = Gerade ist niemand frei
status-back = Wir sind wieder da: { $time }
status-closed = Wir sind gerade nicht da
status-with = Sie sprechen mit { $name }
back-today = heute um { $time }
back-tomorrow = morgen um { $time }
loading = Lädt…
connecting = Verbindet…
offline = Keine Verbindung. Was Sie schreiben, wartet hier und wird später gesendet.
close = Chat schließen
menu = Mehr
messages = Nachrichten
older = Frühere Nachrichten
you = Sie
team = Team
sending = Wird gesendet…
waits = Wartet auf die Verbindung
sent = Gesendet
seen = Gesehen
by-mail = Auch per Mail gesendet
try-again = Noch einmal
discard = Verwerfen
typing = { $name } schreibt…
typing-nobody = Jemand schreibt…

write = Ihre Nachricht
write-hint = Nachricht schreiben…
send = Senden
attach = Datei anhängen
drop = Dateien hier ablegen
too-long = { $n } Zeichen zu viel

waiting = Wir suchen jemanden für Sie.
joined = { $name } ist jetzt da
ended = Dieser Chat ist beendet.
ended-again = Sie können jederzeit wieder schreiben.
hello-again = Hallo { $name }
preview = Dies ist eine Vorschau. Es wird nichts gesendet.

banned-title = Dieser Chat ist nicht verfügbar
banned-text = Sie können hier nicht mehr schreiben.
gone-title = Dieser Chat ist nicht verfügbar
gone-text = Vielleicht wurde er abgeschaltet. Bitte erreichen Sie uns auf anderem Weg.
broken-title = Der Chat ist nicht erreichbar
broken-text = Bitte versuchen Sie es gleich noch einmal.
error = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
error-too_many_requests = Das war viel auf einmal. Bitte warten Sie einen Moment.
error-chat_busy = Gerade ist sehr viel los. Bitte versuchen Sie es gleich wieder.
error-text_too_long = Diese Nachricht ist zu lang.
error-file_too_large = Diese Datei ist zu groß.
error-email_invalid = Das sieht nicht wie eine E-Mail-Adresse aus.
error-form_missing = Bitte füllen Sie erst das Formular aus.
error-no_address = Hinterlassen Sie erst eine E-Mail-Adresse.
error-upload_unknown = Eine Datei ist nicht mehr da. Bitte hängen Sie sie noch einmal an.
