# Was von einer Mail nicht gezeigt werden kann, wie sie geschützt ist, und die Mail, wie sie kam.

original-title = Die Mail im Original
original-show = Original zeigen
original-of = Von { $sender }, { $size }
original-of-nobody = { $size }
original-fields = Kopfzeilen
original-source = Quelltext
original-cut = Nur die ersten 256 kB sind zu sehen. Der Download enthält alles.
original-download = Als .eml herunterladen
original-failed = Das Original ließ sich nicht laden

trouble-unreadable = Diese Mail ist nicht als Mail zu lesen. Die angehängte Datei enthält sie, wie sie kam.
trouble-no-header = Sie hat keinen Kopf: Nichts darin sagt, wer sie wann geschrieben hat.
trouble-reader-failed = Sie ist so gebaut, dass das Programm sie nicht zerlegen kann.
trouble-damaged = Etwas von dieser Mail lässt sich nicht zeigen. Das Original hat alles, was ankam.
trouble-parts-cut = Sie hat mehr Teile, als hier gezeigt werden.
trouble-text-cut = Ihr Text ist länger, als hier gezeigt wird.
trouble-too-deep = Ihre Teile sind zu tief verschachtelt. Das Innere ist angehängt, wie es kam.
trouble-truncated = Sie endet mittendrin: Ihr letzter Teil ist nicht abgeschlossen.
trouble-bad-encoding = Etwas darin ist falsch kodiert. Was zu retten war, ist zu sehen.
trouble-bad-tnef = Eine Datei in der eigenen Form von Outlook (winmail.dat) ist beschädigt.
trouble-addresses-cut = Sie hat mehr Empfänger, als hier festgehalten werden.
trouble-header-cut = Ihr Kopf ist länger, als hier gelesen wird.
trouble-odd-letters = Manche Buchstaben sind nicht zu lesen, weil die Mail einen falschen Zeichensatz nennt.
trouble-signed = Vom Absender signiert. Die Signatur ist nicht geprüft.
trouble-encrypted = Verschlüsselt: Der Inhalt ist hier nicht lesbar. Die angehängte Datei enthält ihn.
trouble-sealed = Der Inhalt steckt in einer Signatur und wird hier nicht geöffnet. Die angehängte Datei enthält ihn.
trouble-invitation = Eine Einladung. Die angehängte Kalenderdatei öffnet sie in einem Kalender.
trouble-invitation-cancelled = Ein Termin wurde abgesagt.
trouble-calendar-reply = Eine Antwort auf eine Einladung.
trouble-calendar-event = Ein Kalendertermin liegt bei.

# Was weitergeleitet wurde
trouble-forwarded-by = Weitergeleitet von { $name } mit Angabe des Absenders. Nichts beweist, dass er sie geschrieben hat.
trouble-forward-without-sender = Weitergeleitet, aber es steht nicht darin, von wem die Mail war. Deshalb gilt als Verfasser, wer sie weitergeleitet hat.
trouble-forward-of-ours = Die weitergeleitete Mail ist eine von uns. Deshalb gilt als Verfasser, wer sie weitergeleitet hat.

# Was Agenten auf eine Benachrichtigung antworten
trouble-by-mail = Per E-Mail geschrieben.
trouble-mail-parked-not-proven = Kam per E-Mail und wurde nicht gesendet. Der Absender ist nicht bewiesen: Es ist nicht die Adresse des Agenten, oder ihre Domain bürgt nicht dafür.
trouble-mail-parked-agent-inactive = Kam per E-Mail und wurde nicht gesendet. Das Konto des Agenten ist abgeschaltet.
trouble-mail-parked-not-permitted = Kam per E-Mail und wurde nicht gesendet. Die Rolle des Agenten erlaubt es nicht.
trouble-mail-parked-not-visible = Kam per E-Mail und wurde nicht gesendet. Der Agent darf diese Unterhaltung nicht mehr sehen.
trouble-mail-parked-conversation-deleted = Kam per E-Mail und wurde nicht gesendet. Die Unterhaltung wurde inzwischen gelöscht.
trouble-mail-parked-conversation-spam = Kam per E-Mail und wurde nicht gesendet. Die Unterhaltung ist als Spam markiert.
trouble-mail-parked-conversation-closed = Kam per E-Mail und wurde nicht gesendet. Die Unterhaltung ist endgültig geschlossen.
trouble-mail-parked-nothing-new = Kam per E-Mail und wurde nicht gesendet. Außer Verlauf und Signatur stand nichts darin.
trouble-mail-parked-forward = Kam per E-Mail und wurde nicht gesendet. Es war eine Weiterleitung, und niemand kann sagen, was davon für den Kunden ist.
trouble-mail-parked-sealed = Kam per E-Mail und wurde nicht gesendet. Sie ist verschlüsselt oder versiegelt und hier nicht lesbar.
trouble-mail-parked-auto-reply = Kam per E-Mail und wurde nicht gesendet. Sie sieht wie eine automatische Antwort aus: Solche Worte oder beantwortete Einladungen kommen auch von Maschinen.
trouble-mail-parked-damaged = Kam per E-Mail und wurde nicht gesendet. Die E-Mail ist beschädigt, deshalb kann ein Teil fehlen.
trouble-mail-parked-history-unclear = Kam per E-Mail und wurde nicht gesendet. Neues und Zitiertes ließen sich nicht trennen, und Internes hätte hinausgehen können.
trouble-mail-parked-letter-expired = Kam per E-Mail und wurde nicht gesendet. Sie antwortet auf eine zu alte Benachrichtigung.
trouble-mail-parked-recipients = Kam per E-Mail und wurde nicht gesendet. Es ist nicht klar, an wen die Antwort ginge.

# Was Maschinen schrieben
trouble-delivery-report = Bericht eines Mailservers über eine Nachricht von Ihnen. Er öffnet nichts wieder.
trouble-read-receipt = Eine Lesebestätigung.
trouble-complaint = Ein Anbieter meldet, dass eine Nachricht von Ihnen als Spam bezeichnet wurde.
trouble-absence = Eine Abwesenheitsnotiz. Sie öffnet nichts wieder.
trouble-auto-reply = Eine automatische Antwort. Sie öffnet nichts wieder.
trouble-notice = Von einem Programm geschrieben.
trouble-bulk = Massenmail.
trouble-rate-limited = Eine von sehr vielen Mails dieses Absenders in einer Stunde. Sie ist aufgehoben und setzt nichts in Gang.
trouble-acknowledgement = Eine automatisch verschickte Bestätigung.

# Was aus einer Nachricht wurde
delivery-put-off = Noch nicht zugestellt.
delivery-next = Bisher { $n ->
    [one] ein Versuch
   *[other] { $n } Versuche
  }. Nächster Versuch: { $when }.
delivery-hurry = Jetzt noch einmal versuchen
fates = Was daraus wurde
fate-delivered = hat sie bekommen.
fate-delayed = hat sie noch nicht: Es wird weiter versucht.
fate-failed = hat sie nicht bekommen.
fate-read = hat sie geöffnet.
fate-complained = hat sie als Spam gemeldet.
fate-words = Worte des anderen Servers
cause-user-unknown = Diese Adresse gibt es nicht.
cause-host-unknown = Die Domain gibt es nicht, oder sie nimmt keine Mail an.
cause-has-moved = Die Adresse wurde aufgegeben.
cause-not-accept = Die Domain nimmt gar keine Mail an.
cause-suspend = Das Konto ist abgeschaltet.
cause-mailbox-full = Das Postfach ist voll.
cause-mesg-too-big = Die Nachricht ist zu groß.
cause-exceed-limit = Die Nachricht ist zu groß.
cause-filtered = Eigene Regeln des Empfängers haben sie abgelehnt.
cause-rejected = Unsere Absenderadresse wurde abgelehnt.
cause-blocked = Unser Mailserver wurde abgelehnt.
cause-bad-reputation = Unser Mailserver hat dort einen schlechten Ruf.
cause-require-ptr = Unser Mailserver hat keinen Namen im DNS.
cause-auth-failure = SPF, DKIM oder DMARC wurden nicht bestanden.
cause-policy-violation = Eine Regel der Gegenseite verbietet es.
cause-spam-detected = Sie wurde für Spam gehalten.
cause-virus-detected = Sie wurde für einen Virus gehalten.
cause-content-error = Ihr Inhalt wurde nicht angenommen.
cause-not-compliant-rfc = Ihre Form wurde nicht angenommen.
cause-security-error = Ein Recht zum Senden fehlt.
cause-no-relaying = Der Server nimmt für diese Domain keine Mail an.
cause-speeding = Zu viele Nachrichten auf einmal.
cause-too-many-conn = Zu viele Verbindungen auf einmal.
cause-network-error = Der andere Server wurde nicht erreicht.
cause-expired = Es wurde zu lange versucht.
cause-system-error = Der andere Server hat einen Fehler.
cause-system-full = Der andere Server hat keinen Platz.
cause-mailer-error = Ein Programm der Gegenseite ist gescheitert.
cause-syntax-error = Die Adresse ist fehlerhaft.
cause-on-hold = Dort wartet sie auf eine Entscheidung.
cause-later = Der andere Server bittet um einen späteren Versuch. Das geschieht von selbst.
cause-undefined = Der Grund ist nicht genannt.

# Beim Schreiben
as-sent-agent = Mit Ihrer Signatur
as-sent-brand = Mit der Signatur der Marke
as-sent-both = Mit Ihrer Signatur und der der Marke
as-sent-unsigned = Ohne Signatur
as-sent-linked = { $n ->
    [one] Eine Datei geht als Link, bis { $date }
   *[other] { $n } Dateien gehen als Links, bis { $date }
  }
as-sent-region = Was beim Kunden ankommt
as-sent-failed = Die Vorschau konnte nicht geladen werden.

# Dateien, die als Links gingen
link-until = als Link gesendet, bis { $date }
link-over = der Link endete am { $date }
link-ended = der Link wurde zurückgezogen
link-ended-again = Zurückgezogene Links bleiben es, auch wenn die Nachricht noch einmal gesendet wird. Hängen Sie die Dateien stattdessen an eine neue Antwort.
link-end = { $n ->
    [one] Link zurückziehen
   *[other] Links zurückziehen
  }
done-links-ended = Die Links führen jetzt nirgends mehr hin
error-letter_not_written = Diese Nachricht wurde noch nicht gesendet.
