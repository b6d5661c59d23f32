# The desk, in English. Other languages carry the same keys; the pseudo language is made from this file.

rapport = Rapport

## The frame
rail = Places
rail-inbox = Inbox
rail-search = Search
rail-new = New
rail-me = You
rail-me-named = Your menu, { $name }
views = Views
panel = Customer and details
close-panel = Close the panel
list-width = Width of the list
skip-to-main = Skip to the conversation
loading = Loading…
close = Close
back = Back
cancel = Cancel
save = Save
saved = Saved
apply = Apply
filter = Filter…
nothing-found = Nothing found
dismiss = Dismiss
undo = Undo
try-again = Try again
reload = Reload
outdated = There is a new version of Rapport.
offline = No connection. You can go on reading and writing.
offline-waiting = { $n ->
    [one] No connection. One change waits to be sent.
   *[other] No connection. { $n } changes wait to be sent.
}
broken-title = Rapport can’t be reached
broken-text = The server didn’t answer. Your drafts are safe on this device.
part-missing = This part couldn’t be loaded
lost-title = There is nothing at this address
lost-text = The link may be old, or mistyped.
to-inbox = Go to the inbox
nothing-open-title = No conversation open
nothing-open-text = Choose one from the list, or press j to go through them.

## Times
time-now = now
time-minutes = { $n } min

## Views and list
view-mine = Mine
view-unassigned = Unassigned
view-all = All
view-solved = Solved
count-more = { $n }+
empty-mine-title = All done
empty-mine-text = Nothing is waiting for you. Somebody may be waiting for anybody.
empty-unassigned-title = Nobody is waiting
empty-unassigned-text = Every conversation has somebody who looks after it.
empty-all-title = It’s quiet here
empty-all-text = New conversations appear by themselves.
empty-solved-title = Nothing solved yet
empty-solved-text = What you solve is kept here.
to-unassigned = See unassigned
list-failed = The list couldn’t be loaded
new-rows = { $n ->
    [one] 1 new
   *[other] { $n } new
}
row-unread = Unread.
row-answered = Answered
row-select = Select “{ $subject }”
no-subject = (no subject)
bulk = Selected conversations
bulk-count = { $n ->
    [one] 1 selected
   *[other] { $n } selected
}
bulk-clear = Clear the selection

## Status, priority, type, channel
status = Status
status-new = New
status-open = Open
status-pending = Pending
status-hold = On hold
status-solved = Solved
status-closed = Closed
priority = Priority
priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent
priority-none = None
type = Type
type-question = Question
type-problem = Problem
type-incident = Incident
type-task = Task
channel = Channel
channel-email = Email
channel-chat = Chat
channel-widget = Chat
channel-web = Website
channel-portal = Help centre
channel-voice = Call
channel-walk-in = Visit
channel-letter = Letter
channel-sms = Text message
channel-api = API
spam = Spam
not-spam = Not spam
deleted = Deleted
restore = Restore
unassigned = Unassigned
nobody = Nobody
unknown = Unknown
assignee = Assignee
agents = Agents
team = Team
teams = Teams
me-named = { $name } (you)
assign-hint = Name of a person or team

## Thread
conversation-number = Conversation { $number }
messages = Messages
message-by = Message from { $name }
note-by = Note by { $name }
message-frame = Message content
subject = Subject
rename = Change the subject
more = More
older-messages = Show older messages
to-names = to { $names }
from = From
to = To
cc = Cc
original = Download the original
repeats = { $n ->
    [one] received twice
   *[other] received { $n } more times
}
quoted = Earlier history
attachments = { $n ->
    [one] 1 attachment
   *[other] { $n } attachments
}
note = Note
typing = { $name } is typing…
viewing = { $name } is looking at this
also-open = Also open from this customer:
join = Join
follow-up-of = Follow-up of #{ $number }
joined-into = Joined into #{ $number }
thread-failed = The conversation couldn’t be loaded
mark-claimed-sender = The sender’s address isn’t proved. Ask before you reveal anything.
mark-not-participant = The sender wasn’t part of this conversation before.
mark-same-message-id = Another message carries the same identifier.
mark-automatic = Sent automatically, for example by an out-of-office reply.
mark-other-sender = It came from another address than the one that was asked.
delivery-held = { $n ->
    [one] Goes out in 1 second
   *[other] Goes out in { $n } seconds
}
delivery-queued = Waiting to be sent
delivery-sending = Being sent
delivery-delivered = Delivered
delivery-failed = Not delivered.
delivery-unknown = It’s not certain that this arrived.
send-again = Send again
pending-sending = Sending…
pending-waiting = Waits for the connection
edit-again = Edit again
discard = Discard

## Composer
mode = Kind of message
reply = Reply
reply-to = Reply to { $name }…
draft-to = Go on with your draft to { $name }…
reply-hint = Write your reply…
note-hint = Write a note for your team. Use @ to call somebody.
note-only = Only your team sees this
write = Text
fold = Fold away
draft-saving = Saving…
draft-saved = Draft saved
draft-local = Saved on this device
discard-draft = Discard the draft
recipients-loading = Working out who gets this…
recipient-new = new
recipient-outside = outside
recipient-remove = Remove { $address }
why-added = added by you
why-wrote_last = wrote last
why-was_copied = was in copy
why-requester = asked
why-was_addressed = was addressed
why-chosen = added by you
left-out = Left out: { $names }
address-wrong = This doesn’t look like an address.
overtaken = A newer message has arrived while you were writing.
seen = I’ve seen it
formatting = Formatting
format-bold = Bold
format-italic = Italic
format-underline = Underline
format-strike = Strike through
format-bullets = Bulleted list
format-numbers = Numbered list
format-quote = Quote
format-code = Code
format-link = Link
format-image = Picture
link-hint = Address of the page
attach = Attach files
attach-hint = Attach files (up to 25 MB each)
attachment-remove = Remove { $name }
mention = Call somebody
uploading = uploading…
upload-too-large = “{ $name }” is larger than { $limit }.
upload-too-many = At most { $n } files go with one message.
send-email = Send email
add-note = Add note
send-and = Send and…
send-only = Send, leave the status
send-pending = Send and set to pending
send-solved = Send and solve
closed-no-reply = This conversation is closed. A new message from the customer opens a follow-up.
deleted-no-reply = This conversation is deleted.
joined-no-reply = This conversation was joined into another one.

## New conversation
start-to-hint = Name or address
start-hint = Write the first message…
start-send = Send
customers = Customers

## Customer
name = Name
edit-customer = Edit the customer
customer-note = Note about the customer
customer-since = Customer since { $date }
their-hour = { $hour } where they are
verified = Verified
verified-why = This address has been proved.
claimed = claimed
claimed-why = Typed in or not signed: this address isn’t proved.
copy = Copy
copied = Copied
details = Details
due = Due
opened = Opened
participants = In copy
earlier = Other conversations
earlier-none = This is the first one.
earlier-failed = These couldn’t be loaded.
tags = Tags
tag-add = Add tag
tag-remove = Remove tag { $tag }

## Search
search-hint = Words, names, addresses, #number
search-idle-title = Search everything
search-idle-text = Conversations, messages and customers that you may see.
search-none-title = Nothing found for “{ $query }”
search-none-text = Try fewer or other words.
search-failed = The search didn’t work
search-partial = These are the newest matches. There may be more.
more-results = More results

## Preferences
theme = Appearance
theme-system = Like the system
theme-light = Light
theme-dark = Dark
density = Density of the list
density-comfortable = Comfortable
density-compact = Compact
density-dense = Dense
language = Language
after-solving = After solving
after-next = Go to the next conversation
after-stay = Stay
after-list = Back to the list
keyboard = Keyboard
single-keys = Single-key shortcuts
single-keys-why = Switch off if you dictate, or press keys by accident. Chords such as Ctrl K stay.
profile = Profile
time-zone = Time zone

## Door
door-signin-title = Welcome back
door-signin-text = Sign in to your desk.
door-signin-button = Sign in
door-signin-done = Sign in to your desk.
door-forgot-title = Forgotten your password?
door-forgot-text = We’ll send you a link to choose a new one.
door-forgot-button = Send the link
door-forgot-done = If { $email } belongs to an agent, the link is on its way. It works for one hour.
door-reset-title = Choose a new password
door-reset-text = You’ll be signed out everywhere else.
door-reset-button = Save the password
door-reset-done = Your new password is saved. You can sign in with it now.
door-invitation-title = Join { $workspace }
door-invitation-text = Your account: { $email }
door-invitation-button = Start
door-invitation-done = Welcome.
email = Email
password = Password
new-password = New password
password-hint = At least 10 characters. A few words work well.
show-password = Show the password
your-name = Your name
forgot-password = Forgotten your password?
to-signin = Back to sign in

## Actions
keys-title = Keyboard shortcuts
keys-or = or
keys-off = Single keys are switched off in your preferences.
palette-hint = What would you like to do?
section-conversation = Conversation
section-write = Writing
section-go = Go to
section-list = List
section-desk = Desk
section-conversations = Conversations
section-customers = Customers
action-palette = Search and commands
action-keys = Keyboard shortcuts
action-search = Search
action-new = New conversation
action-go-inbox = Go to the inbox
action-go-mine = Go to mine
action-go-unassigned = Go to unassigned
action-go-all = Go to all
action-go-solved = Go to solved
action-go-preferences = Preferences
action-go-settings = Settings
action-next = Next conversation
action-previous = Previous conversation
action-open = Open
action-select = Select
action-extend-down = Extend the selection down
action-extend-up = Extend the selection up
action-view-before = Previous view
action-view-after = Next view
action-solve = Solve
action-reopen = Reopen
action-pending = Set to pending
action-hold = Put on hold
action-assign-me = Assign to me
action-assign = Assign to…
action-priority = Set the priority
action-tags = Add a tag
action-spam = Mark as spam
action-unread = Mark as unread
action-delete = Delete
action-undo = Undo the last change
action-panel = Customer panel
action-theme = Switch light and dark
action-escape = Close, one step back
action-sign-out = Sign out
action-reply = Reply
action-note = Write a note
action-send = Send
action-send-solved = Send and solve
action-fold = Fold the text away

## What was done
done-status = { $n ->
    [one] Status: { $status }
   *[other] Status of { $n }: { $status }
}
done-assigned = Assigned to { $name }
done-unassigned = Nobody is assigned now
done-priority = Priority: { $priority }
done-tags = Tags changed
done-subject = Subject changed
done-spam = Marked as spam
done-not-spam = Not spam any more
done-deleted = Deleted
done-joined = Joined into #{ $number }
done-sent = Answer to #{ $number } goes out

## Errors, by the server's code
error-offline = The server can’t be reached.
error-wrong_credentials = Address or password is wrong.
error-version_conflict = Somebody changed this meanwhile. You see the present state now.
error-already_sent = It’s too late: the message is already on its way.
error-conversation_closed = The conversation is closed.
error-forbidden = You may not do this.
error-not_found = This doesn’t exist, or you may not see it.
error-refused = The server refused this.
error-moved_on = This can’t be undone any more: something else changed since.
error-undo_not_found = This can’t be undone any more.
error-already_undone = This was undone already.
error-conversation_not_found = This conversation doesn’t exist, or you may not see it.
error-sign_in_wait = Too many attempts. Wait a little, then try again.
error-too_many_requests = That was too much at once. Wait a little.
error-session_ended = Your session has ended. Sign in again.
error-sign_in_first = Sign in first.
error-not_permitted = You may not do this.
error-text_empty = Write something first.
error-text_too_long = This text is too long.
error-file_too_large = A file can have at most 25 MB.
error-uploads_too_many = These are too many files for one message.
error-recipient_missing = Say who should get this.
error-recipient_invalid = One of the addresses isn’t right.
error-recipient_own = One of the addresses is our own.
error-recipients_too_many = These are too many recipients.
error-password_short = The password needs at least 10 characters.
error-password_long = This password is too long.
error-reset_not_found = This link is no longer valid. Ask for a new one.
error-invitation_not_found = This invitation is no longer valid. Ask for a new one.
error-assignee_inactive = This person doesn’t work here any more.
error-not_resendable = Only a message that failed can be sent again.
error-joined_already = This conversation was joined already.
error-database_unavailable = The server is busy. It’s worth trying again in a moment.
error-database_busy = The server is busy. It’s worth trying again in a moment.
error-took_too_long = That took too long. It’s worth trying again.
error-team_exists = There is a team with this name already.
error-team_not_found = This team doesn’t exist.
error-brand_exists = There is a brand with this name already.
error-brand_not_found = This brand doesn’t exist.
error-brand_usual = What names no other brand belongs to this one, so it stays.
error-password_wrong = This isn’t your present password.
error-password_not_yours = Sign in to change your own password.
error-uploads_full = Too many files wait to be sent. Send or remove some.
error-upload_not_found = This file isn’t there any more.
error-upload_cut_off = The file didn’t arrive whole. Try again.
error-transfers_busy = Too many files are on their way. Try again soon.
error-transfers_too_many = Wait until some of your files have arrived.
error-blob_not_written = The file could not be stored.
error-time_zone_invalid = A time zone is named as in Europe/Berlin.
error-locale_invalid = A language is named as in en, de or pt-BR.
error-last_owner = A workspace keeps at least one active owner.
error-role_too_strong = This role may do more than yours.
error-side_to_customer = This address belongs to the customer. Answer instead of forwarding.
error-recipient_unread = Nobody reads one of these addresses.
error-recipient_list = One of these addresses is a mailing list.
error-quote_note = Notes, and what went to other third parties, are never forwarded.
error-quote_unknown = One of the chosen messages isn’t there any more.
error-quotes_too_many = These are too many messages for one mail.
error-quote_too_large = These messages are too long for one mail. Choose fewer.
error-attachments_too_large = These files are too much for one mail: 25 MB together.
error-side_not_found = This doesn’t exist, or you may not see it.
error-contact_in_future = This time hasn’t come yet.
error-contact_too_old = This is more than ten years ago.
error-duration_invalid = A contact lasts between no time and a day.
error-requester_missing = Say who it was: a name, a number or an address.
error-merge_itself = A customer can’t be merged with itself.
error-customer_merged = This customer was merged into another one.
error-customer_not_found = This customer doesn’t exist.
error-too_many_identities = Together they have too many addresses and numbers.
error-block_public_domain = Anybody can have an address at this provider. Block single addresses instead.
error-nothing_to_block = This customer has no address that could be blocked.
error-block_not_found = This block doesn’t stand any more.
error-blocked_not_found = This isn’t there any more.
error-released_already = This was let in already.
error-not_kept = Only its head was kept, so it can’t be let in.
error-channel_off = This channel is switched off.
error-channel_unknown = There is no such channel.
error-address_invalid = This address or number isn’t right.
