# What can't be shown of a mail, how it is protected, and the mail as it came.

original-title = The original mail
original-show = Show the original
original-of = From { $sender }, { $size }
original-of-nobody = { $size }
original-fields = Header fields
original-source = Source
original-cut = Only the first 256 kB are shown. The download has all of it.
original-download = Download as .eml
original-failed = The original could not be loaded

trouble-unreadable = This mail can’t be read as a mail. The attached file holds it as it came.
trouble-no-header = It has no header: nothing in it says who wrote it, and when.
trouble-reader-failed = It is built in a way that the program can’t take apart.
trouble-damaged = Something of this mail can’t be shown. The original has all that came.
trouble-parts-cut = It has more parts than are shown here.
trouble-text-cut = Its text is longer than is shown here.
trouble-too-deep = Its parts are nested too deeply. What is inside is attached as it came.
trouble-truncated = It ends in the middle: its last part was not finished.
trouble-bad-encoding = Some of it is encoded wrongly. What could be saved is shown.
trouble-bad-tnef = A file in a form of Outlook’s own (winmail.dat) is damaged.
trouble-addresses-cut = It has more recipients than are kept here.
trouble-header-cut = Its header is longer than is read here.
trouble-odd-letters = Some letters can’t be read, since the mail names a wrong character set.
trouble-signed = Signed by the sender. The signature has not been checked.
trouble-encrypted = Encrypted: its content can’t be read here. The attached file holds it.
trouble-sealed = Its content is inside a signature and isn’t opened here. The attached file holds it.
trouble-invitation = An invitation. The attached calendar file opens it in a calendar.
trouble-invitation-cancelled = An event was cancelled.
trouble-calendar-reply = An answer to an invitation.
trouble-calendar-event = It comes with a calendar event.
