# Notieren, weiterleiten, zusammenführen und sperren: Worte, die mit den nachgeladenen Teilen kommen.

## Von Hand notieren
contact-why = Es bleibt im Verlauf; nichts wird gesendet.
contact-direction = Richtung
contact-when = Wann
contact-duration = Dauer
contact-duration-hint = 12 min
contact-duration-wrong = Eine Dauer schreibt man als 12, 1:30 oder 1h 20m.
contact-hint = Was gesagt wurde oder was im Brief steht …
contact-log = Notieren
contact-log-solve = Notieren und lösen
contact-who = Wer
contact-who-hint = Name, Nummer oder Adresse
contact-subject-hint = Bleibt es leer, dann aus den ersten Worten
done-logged = Kontakt notiert
start-by-email = Mail
start-by-voice = Anruf
start-by-walk-in = Besuch
start-by-letter = Brief
start-new-person = Der Name, falls Sie ihn wissen

## Weiterleiten
forward-to-hint = Adresse der dritten Person
forward-to-one = Weitergeleitet wird an eine einzige Adresse.
forward-quoted = { $n ->
    [0] Nichts wird zitiert
    [one] 1 Nachricht wird zitiert
   *[other] { $n } Nachrichten werden zitiert
}
forward-hint = Ein paar Worte dazu …
forward-files = Mit den Dateien
forward-hold = Auf wartend setzen
forward-send = Weiterleiten
side-send = Nebenher senden
side-answer-to = Antwort an { $name }

## Der Kunde
timeline = Zeitleiste
timeline-message-received = Schrieb per { $channel }
timeline-contact-logged = Kontakt notiert ({ $channel })
more-conversations = Weitere Unterhaltungen
more-timeline = Weiter zurück
customer-more = Mehr zu diesem Kunden
merge = Zusammenführen
merge-open = Mit einem anderen Kunden zusammenführen …
merge-title = Zwei Kunden zusammenführen
merge-why = Unterhaltungen, Adressen und Notizen kommen zusammen. Sie können es rückgängig machen.
merge-with = Mit
merge-keep = Wer bleibt
merge-stays = Bleibt: Name und Sprache von hier gelten
merge-goes = Geht in den anderen auf
merged-from = Zusammengeführt aus: { $names }
done-merged = { $name } gehört jetzt zu { $into }
block-sender = Absender sperren
unblock = Sperre aufheben
blocked-told = Gesperrt: Von hier öffnet nichts eine Unterhaltung, und niemand wird benachrichtigt.

## Was gesperrt ist
blocked-kept = Quarantäne
blocked-senders = Absender
blocked-none = Nichts wird zurückgehalten
blocked-nobody = Niemand ist gesperrt
blocked-why = Was gesperrte Absender schreiben, bleibt hier, ungelesen und unbeantwortet.
blocked-release = Hereinlassen
blocked-released = hereingelassen
blocked-head-only = nur der Kopf wurde behalten
more-blocked = Mehr
done-released = Hereingelassen: Es wird jetzt eine Nachricht
done-lifted = { $value } kommt wieder durch
block-email = Adresse
block-phone = Nummer
block-chat = Besucher des Chats
block-social = Konto
block-postal = Postanschrift
block-external = Konto eines anderen Systems
block-domain = Ganze Domain

# Refusals
error-side_to_customer = Diese Adresse gehört dem Kunden. Antworte, statt weiterzuleiten.
error-quote_note = Notizen, und was an andere Dritte ging, werden nie weitergeleitet.
error-quote_unknown = Eine der gewählten Nachrichten ist nicht mehr da.
error-quotes_too_many = Das sind zu viele Nachrichten für eine Mail.
error-quote_too_large = Diese Nachrichten sind zu lang für eine Mail. Wählen Sie weniger.
error-attachments_too_large = Diese Dateien sind zu viel für eine Mail.
error-contact_in_future = Diese Zeit ist noch nicht gekommen.
error-contact_too_old = Das ist mehr als zehn Jahre her.
error-duration_invalid = Ein Kontakt dauert höchstens einen Tag.
error-requester_missing = Wer war es? Ein Name, eine Nummer oder eine Adresse genügt.
