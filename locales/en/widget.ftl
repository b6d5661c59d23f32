# The chat widget, in English. Compiled into the frame at build time: plain arguments, and plurals of a whole text.

launcher-open = Open the chat
launcher-close = Close the chat
launcher-new = Open the chat: there are new messages

status-here = We’re here
status-answer = { $minutes ->
    [one] We answer in about a minute
   *[other] We answer in about { $minutes } minutes
}
status-busy = Nobody is free right now
status-back = We’re back { $time }
status-closed = We’re not here right now
status-with = You’re talking with { $name }
back-today = today at { $time }
back-tomorrow = tomorrow at { $time }
loading = Loading…
connecting = Connecting…
offline = No connection. What you write waits here and is sent later.
close = Close the chat
menu = More
messages = Messages
older = Earlier messages
you = You
team = Team
sending = Sending…
waits = Waits for the connection
sent = Sent
seen = Seen
by-mail = Also sent by mail
try-again = Try again
discard = Discard
typing = { $name } is typing…
typing-nobody = Somebody is typing…

write = Your message
write-hint = Write a message…
send = Send
attach = Attach a file
drop = Drop files here
too-long = { $n } characters too many

waiting = We’re looking for somebody for you.
joined = { $name } is here now
ended = This chat has ended.
ended-again = You can write again at any time.
hello-again = Hello { $name }
preview = This is a preview. Nothing is sent.

banned-title = This chat isn’t available
banned-text = You can’t write here any more.
gone-title = This chat isn’t available
gone-text = It may have been switched off. Please reach us in another way.
broken-title = The chat can’t be reached
broken-text = Please try again in a moment.
error = That didn’t work. Please try again.
error-too_many_requests = That was a lot at once. Please wait a moment.
error-chat_busy = We’re very busy at the moment. Please try again soon.
error-text_too_long = This message is too long.
error-file_too_large = This file is too large.
error-email_invalid = This doesn’t look like an email address.
error-form_missing = Please fill in the form first.
error-no_address = Leave an email address first.
error-upload_unknown = A file is no longer there. Please attach it again.
