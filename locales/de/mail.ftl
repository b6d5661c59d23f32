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
