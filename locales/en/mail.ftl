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

# What agents forwarded
trouble-forwarded-by = Forwarded by { $name }, who names the sender. Nothing proves that the sender wrote it.
trouble-forward-without-sender = Forwarded, but it does not say whose mail it was. So it stands here as written by whoever forwarded it.
trouble-forward-of-ours = The forwarded mail is one of our own. So it stands here as written by whoever forwarded it.

# What agents write back to a notification
trouble-by-mail = Written by mail.
trouble-mail-parked-not-proven = Came by mail and was not sent. The sender is not proven: it is not the agent’s address, or its domain does not vouch for it.
trouble-mail-parked-agent-inactive = Came by mail and was not sent. The agent’s account is switched off.
trouble-mail-parked-not-permitted = Came by mail and was not sent. The agent’s role does not allow it.
trouble-mail-parked-not-visible = Came by mail and was not sent. The agent may no longer see this conversation.
trouble-mail-parked-conversation-deleted = Came by mail and was not sent. The conversation was deleted meanwhile.
trouble-mail-parked-conversation-spam = Came by mail and was not sent. The conversation is marked as spam.
trouble-mail-parked-conversation-closed = Came by mail and was not sent. The conversation is closed for good.
trouble-mail-parked-nothing-new = Came by mail and was not sent. Beside history and signature nothing stood in it.
trouble-mail-parked-forward = Came by mail and was not sent. It was a forward, and nobody can tell what of it is for the customer.
trouble-mail-parked-sealed = Came by mail and was not sent. It is encrypted or sealed and can’t be read here.
trouble-mail-parked-auto-reply = Came by mail and was not sent. It looks like an automatic answer: words such as these, or an answered invitation, come from machines, too.
trouble-mail-parked-damaged = Came by mail and was not sent. The mail is damaged, so a part may be missing.
trouble-mail-parked-history-unclear = Came by mail and was not sent. What is new in it could not be told from what is quoted, and internal words might have gone out.
trouble-mail-parked-letter-expired = Came by mail and was not sent. It answers a notification that is too old.
trouble-mail-parked-recipients = Came by mail and was not sent. It is not clear to whom the answer would go.

# What machines wrote
trouble-delivery-report = A report of a mail server about a message of yours. It reopens nothing.
trouble-read-receipt = A read receipt.
trouble-complaint = A mailbox provider reports that a message of yours was called spam.
trouble-absence = An absence note. It reopens nothing.
trouble-auto-reply = An automatic answer. It reopens nothing.
trouble-notice = Written by a program.
trouble-bulk = Bulk mail.
trouble-rate-limited = One of very many mails of this sender within an hour. It is kept, and sets nothing in motion.
trouble-acknowledgement = A confirmation that was sent automatically.

# What became of a message
delivery-put-off = Not delivered yet.
delivery-next = Tried { $n ->
    [one] once
   *[other] { $n } times
  } so far. Next try: { $when }.
delivery-hurry = Try again now
fates = What became of it
fate-delivered = got it.
fate-delayed = has not got it yet: it is still being tried.
fate-failed = did not get it.
fate-read = has opened it.
fate-complained = called it spam.
fate-words = Words of the other server
cause-user-unknown = There is no such address.
cause-host-unknown = The domain doesn’t exist, or takes no mail.
cause-has-moved = The address was given up.
cause-not-accept = The domain takes no mail at all.
cause-suspend = The account is switched off.
cause-mailbox-full = The mailbox is full.
cause-mesg-too-big = The message is too large.
cause-exceed-limit = The message is too large.
cause-filtered = The recipient’s own rules refused it.
cause-rejected = Our sender address was refused.
cause-blocked = Our mail server was refused.
cause-bad-reputation = Our mail server has a bad name there.
cause-require-ptr = Our mail server has no name in the DNS.
cause-auth-failure = SPF, DKIM or DMARC did not pass.
cause-policy-violation = A rule of the other side forbids it.
cause-spam-detected = It was taken for spam.
cause-virus-detected = It was taken for a virus.
cause-content-error = Its content was not taken.
cause-not-compliant-rfc = Its form was not taken.
cause-security-error = A right to send is missing.
cause-no-relaying = The server takes no mail for this domain.
cause-speeding = Too many messages at once.
cause-too-many-conn = Too many connections at once.
cause-network-error = The other server was not reached.
cause-expired = It was tried for too long.
cause-system-error = The other server has a fault.
cause-system-full = The other server has no room.
cause-mailer-error = A program on the other side failed.
cause-syntax-error = The address is malformed.
cause-on-hold = It waits for somebody to decide there.
cause-later = The other server asks to try again later. That happens by itself.
cause-undefined = The cause isn’t named.

# In the composer
as-sent-agent = With your signature
as-sent-brand = With the signature of the brand
as-sent-both = With your signature and that of the brand
as-sent-unsigned = Without a signature
as-sent-linked = { $n ->
    [one] One file goes as a link, until { $date }
   *[other] { $n } files go as links, until { $date }
  }
as-sent-region = What the customer gets
as-sent-failed = The preview could not be loaded.

# Files that went as links
link-until = sent as a link, until { $date }
link-over = the link ended on { $date }
link-ended = the link was withdrawn
link-ended-again = Withdrawn links stay withdrawn, also when the message is sent again. Attach the files to a new answer instead.
link-end = { $n ->
    [one] Withdraw the link
   *[other] Withdraw the links
  }
done-links-ended = The links lead nowhere now
error-letter_not_written = This message hasn’t been sent yet.
