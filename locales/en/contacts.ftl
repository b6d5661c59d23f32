# Logging, forwarding, merging and blocking: words that come with the lazy parts of the desk.

## Logging by hand
contact-why = It’s kept in the thread; nothing is sent.
contact-direction = Direction
contact-when = When
contact-duration = Duration
contact-duration-hint = 12 min
contact-duration-wrong = A duration is written as 12, 1:30 or 1h 20m.
contact-hint = What was said, or what the letter says…
contact-log = Log it
contact-log-solve = Log it and solve
contact-who = Who
contact-who-hint = Name, number or address
contact-subject-hint = From the first words, when it stays empty
done-logged = Contact logged
start-by-email = Mail
start-by-voice = Call
start-by-walk-in = Visit
start-by-letter = Letter
start-new-person = What they are called, if you know

## Forwarding
forward-to-hint = Address of the third party
forward-to-one = A forward goes to one address.
forward-quoted = { $n ->
    [0] Nothing is quoted
    [one] 1 message is quoted
   *[other] { $n } messages are quoted
}
forward-hint = A few words for them…
forward-files = With the files
forward-hold = Set to on hold
forward-send = Forward
side-send = Send beside
side-answer-to = Answer to { $name }

## The customer
timeline = Timeline
timeline-message-received = Wrote by { $channel }
timeline-contact-logged = Contact logged ({ $channel })
more-conversations = More conversations
more-timeline = Further back
customer-more = More about this customer
merge = Merge
merge-open = Merge with another customer…
merge-title = Merge two customers
merge-why = Conversations, addresses and notes come together. You can undo it.
merge-with = With
merge-keep = Which one stays
merge-stays = Stays: name and language of this one win
merge-goes = Goes into the other one
merged-from = Merged from: { $names }
done-merged = { $name } is part of { $into } now
block-sender = Block the sender
unblock = Lift the block
blocked-told = Blocked: nothing from here opens a conversation or notifies anybody.

## What is blocked
blocked-kept = Quarantine
blocked-senders = Senders
blocked-none = Nothing is held back
blocked-nobody = Nobody is blocked
blocked-why = What blocked senders write is kept here, unseen and unanswered.
blocked-release = Let in
blocked-released = let in
blocked-head-only = only its head was kept
more-blocked = More
done-released = Let in: it becomes a message now
done-lifted = { $value } gets through again
block-email = Address
block-phone = Number
block-chat = Visitor of the chat
block-social = Account
block-postal = Postal address
block-external = Account of another system
block-domain = Whole domain

# Refusals
error-side_to_customer = This address belongs to the customer. Answer instead of forwarding.
error-quote_note = Notes, and what went to other third parties, are never forwarded.
error-quote_unknown = One of the chosen messages isn’t there any more.
error-quotes_too_many = These are too many messages for one mail.
error-quote_too_large = These messages are too long for one mail. Choose fewer.
error-attachments_too_large = These files are too much for one mail.
error-contact_in_future = This time hasn’t come yet.
error-contact_too_old = This is more than ten years ago.
error-duration_invalid = A contact lasts between no time and a day.
error-requester_missing = Say who it was: a name, a number or an address.
