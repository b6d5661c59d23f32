# Account, people, mail and workspace in the settings, in English; loaded with them. Other languages carry the same keys.

## First steps
settings-group-start = Getting started
panel-first-steps = First steps
steps-intro = What { $workspace } needs before it can answer customers. The list looks at how things really are.
steps-done = { $done } of { $all } done
steps-all = All done. Your team can start.
step-is-done = Done
step-is-unknown = Couldn’t be looked up
step-do = Set up
step-look = Look
step-mailbox = Connect a mailbox
step-mailbox-why = Mail to your address becomes conversations.
steps-unnamed = Customers read your name beside your answers, and it is still “{ $name }”.
steps-unnamed-do = Say your name
step-outgoing = Set up outgoing mail, and test it
step-outgoing-why = Answers and invitations go out through your mail server.
step-outgoing-half = Not tested from this browser
step-team = Make a team
step-team-why = Conversations and chats go to a team first, such as “Orders”.
step-hours = Set the team’s hours
step-hours-why = The chat says honestly when you’re back.
step-colleagues = Invite colleagues
step-colleagues-why = Everybody works with an account of their own.
step-colleagues-half = Invited, not here yet
step-widget = Put the chat on your website
step-widget-why = One line of code, and visitors can write to you. Chats ring for whoever is available: the speech bubble beside your picture.

## Account: profile
panel-people-profile = Profile
profile-intro = How colleagues and customers see you. These settings follow you to every device.
profile-name = Your name
profile-name-why = Customers read it under your answers.
profile-email-why = You sign in with it. It can’t be changed.
profile-locale = Your language
profile-locale-why = The language of your desk. Customers don’t notice it.
profile-zone = Your time zone
profile-zone-why = Times are shown in this zone.
profile-preferences = Appearance, density and keys of this device
as-workspace = Like the workspace
done-profile = Profile saved

## Account: notifications
panel-notifications-mail = Notifications by mail
notifications-intro = What you are told at { $address } while you are away from your desk. Several things that happen within two minutes become one mail. Never for what you did yourself.
notifications-when = Tell me when
notifications-mentioned = I am mentioned in a note
notifications-assigned = a conversation is given to me
notifications-replied = a customer writes in a conversation of mine
notifications-unassigned = a new conversation in one of my teams has nobody
notifications-unassigned-why = Everybody in the team who chose this gets it, unless somebody takes the conversation at once.
notifications-undelivered = an answer that I sent by mail did not arrive
notifications-nothing = You are told nothing by mail.
notifications-desk = While you are here
notifications-at-desk = Also while my desk is open somewhere
notifications-at-desk-why = Otherwise the desk is enough while you have it before you, not behind other tabs. When you leave it, you are told what came within the last hour and is still unread.
notifications-back = When you answer such a mail
notifications-back-note = It becomes an internal note. The customer never sees it.
notifications-back-answer = To answer the customer, write to the other address that the mail names. It goes out in your name, without your signature and without what is quoted.
notifications-back-parked = It must come from your own address, and the mail of your company must prove that it is yours (SPF, DKIM, DMARC). Whatever is doubtful is not sent; it stands in the conversation with the reason.
done-notifications = Notifications saved

## Account: security
panel-people-security = Password and sessions
security-intro = How you sign in, and where you’re signed in now.
password-change = Change the password
password-change-why = You stay signed in here. Every other browser has to sign in again.
password-current = Present password
password-save = Change the password
done-password = Your password is changed
sessions = Where you’re signed in
sessions-why = If you don’t know one of these, end it and change your password.
session-this = this browser
session-unknown = Unknown device
session-since = since { $when }
session-seen = last seen { $when }
session-end = Sign out
session-end-named = Sign out of { $name }
sessions-end-others = Sign out everywhere else
done-session = That browser is signed out
done-sessions = You’re signed out everywhere else

## Account: API tokens
panel-people-tokens = API tokens
tokens-intro = A token lets a program work in your name, with all that you may do.
tokens-none = No token yet
tokens-none-text = You only need one if a program of yours talks to Rapport.
token-new = New token
token-name = What it is for
token-name-why = A name by which you’ll know it again, such as “Stock list”.
token-make = Make a token
token-made = The token “{ $name }”
token-once = Keep it in a safe place now. It isn’t shown again.
token-since = made { $date }
token-drop = Revoke
token-drop-named = Revoke { $name }
token-drop-yes = Revoke for good
token-drop-why = The program that uses it stops working at once. This can’t be undone.
done-token-dropped = The token doesn’t work any more

## Workspace
panel-people-workspace = Workspace
workspace-intro = What holds for everybody who has nothing of their own set.
workspace-name = Name
workspace-name-why = Stands in invitations and on the sign-in page, so your company or shop.
workspace-locale = Language
workspace-locale-why = Mails from Rapport itself, and the desk of agents without a language of their own.
workspace-zone = Time zone
workspace-zone-why = Times of agents without a zone of their own.
done-workspace = Workspace saved

## Conversation rules
panel-conversations-rules = Conversation rules
rules-intro = What happens to answers before they go out, and to conversations after they’re solved.
rules-undo = Seconds in which an answer can be taken back
rules-undo-why = Every answer by mail waits this long before it goes out. 0 sends at once, 60 is the most.
rules-close = Days until a solved conversation is closed
rules-close-why = Until then a reply opens it again. After that a reply begins a new conversation.
done-rules = Rules saved

## Agents
panel-people-agents = Agents
agents-intro = Everybody who works here, and what they may do.
agents-all = { $n ->
    [one] 1 agent
   *[other] { $n } agents
}
agents-filter = Name or address
agents-invite = Invite a colleague
agents-invite-why = They get a mail with a link, choose a password and can start. The link works for 7 days.
agents-invite-teams = Teams they join
agents-invite-do = Send the invitation
agents-invite-waits = No outgoing server is named yet. The invitation waits until there is one.
agents-pending = Invited, not here yet
agents-pending-why = An invitation that was taken back doesn’t work any more.
agent-role = Role
agent-role-why = What they may do. You can change it at any time.
agent-role-of = Role of { $name }
agent-until = until { $date }
agent-take-back = Take back
agent-take-back-named = Take back the invitation of { $name }
agent-inactive = deactivated
agent-deactivate = Deactivate
agent-deactivate-named = Deactivate { $name }
agent-deactivate-why = Whoever is deactivated is signed out at once and can’t come in. What they wrote stays, and you can activate them again.
agent-activate = Activate
agent-activate-named = Activate { $name }
done-invited = The invitation to { $email } is on its way
done-invitation-back = The invitation to { $email } is taken back
done-agent-role = The role of { $name } is changed
done-agent-out = { $name } is deactivated
done-agent-in = { $name } is active again

## Teams and brands
panel-people-teams = Teams
teams-intro = A team is the people who look after one kind of question. Conversations and chats can go to it first.
teams-new = New team
teams-name-why = Only your colleagues see it, such as “Orders” or “Workshop”.
teams-make = Make the team
teams-none = No team yet
done-teams-made = Team “{ $name }” made. Now choose its members.
panel-people-brands = Brands
brands-intro = A brand is a face towards customers, with mailboxes and chats of its own. One is enough for most shops.
brands-new = New brand
brands-name-why = Customers read it, so the name of the shop.
brands-make = Make the brand
brands-none = No brand yet
done-brands-made = Brand “{ $name }” made
brand-usual = the usual one
brand-usual-why = What names no other brand belongs to this one.
brand-members = People
brand-members-of = People with { $name }
group-members = Members
group-members-of = Members of { $name }
group-rename = Rename
group-rename-named = Rename { $name }
group-new-name = New name for { $name }
group-archive = Archive
group-archive-named = Archive { $name }
group-archive-why = What is archived keeps what it has and isn’t offered any more. You can bring it back.
group-archived = archived
group-restore = Bring back
group-restore-named = Bring back { $name }
done-renamed = Renamed to “{ $name }”
done-archived = “{ $name }” is archived
done-restored = “{ $name }” is back
done-members = Members of “{ $name }” saved

## Roles
panel-people-roles = Roles
roles-intro = A role says what somebody may do and which conversations they see. Four come with Rapport; make your own when they don’t fit.
role-new = New role
role-name-why = Such as “Temporary help”.
role-may = May do
role-reach = Sees
role-everything = Everything
role-nothing = Nothing
role-built-in = built in
role-built-in-why = Roles that come with Rapport stay as they are. Make your own to have another one.
role-look = Look
role-look-named = Look at { $name }
role-change = Change
role-change-named = Change { $name }
role-of = { $n } of { $all }
role-name-owner = Owner
role-name-admin = Administrator
role-name-agent = Agent
role-name-light_agent = Light agent
reach-all = All conversations
reach-all-why = Everything in the workspace.
reach-teams = Those of their teams
reach-teams-why = What belongs to a team they’re in, and what is assigned to them.
reach-brands = Those of their brands
reach-brands-why = What belongs to a brand they work for, and what is assigned to them.
reach-own = Only their own
reach-own-why = Only what is assigned to them.
grant-agent = Agents
grant-brand = Brands
grant-chat = Chat and its widgets
grant-company = Companies
grant-conversation = Conversations
grant-customer = Customers
grant-email = Mailboxes and outgoing mail
grant-invitation = Invitations
grant-message = Messages
grant-role = Roles
grant-team = Teams and their hours
grant-token = Own API tokens
grant-workspace = The workspace
done-role = Role “{ $name }” saved
done-role-made = Role “{ $name }” made

## Mailboxes
panel-email-mailboxes = Mailboxes
mailboxes-intro = The addresses to which your customers write. Every mail to one of them becomes a conversation.
mailboxes-none = No mailbox yet
mailboxes-none-text = Add the address that your customers know.
mailbox-new = Add an address
mailbox-new-why = Answers go out from the address to which the customer wrote.
mailbox-add = Add the address
mailbox-address = Address
mailbox-address-why = As customers know it, such as support@your-shop.example.
mailbox-name = Sender’s name
mailbox-name-why = Customers read it beside the address. Empty shows the address alone.
mailbox-team = Team
mailbox-team-why = New conversations go to this team.
mailbox-no-team = No team
mailbox-brand = Brand
mailbox-brand-why = New conversations carry this brand.
mailbox-usual-brand = The usual one
mailbox-change = Change
mailbox-change-named = Change { $address }
mailbox-remove = Remove
mailbox-remove-named = Remove { $address }
mailbox-remove-why = Mail to a removed address is refused from then on. Conversations that came through it stay.
mailbox-forward = How mail gets here
mailbox-forward-why = Adding the address is half of it. The other half is done once, at the mail server that has your domain. One of these is enough:
mailbox-forward-relay = Forward mail for the address to this server by SMTP. Whoever runs it opens the port with --smtp-listen.
mailbox-forward-pipe = Or, if the mail server runs on the same machine, pipe the mail into this command:
mailbox-forward-try = Try it: write to the address from elsewhere. The mail stands in Unassigned within seconds; if it doesn’t, look at Parked mail.
mailbox-incoming = Incoming
mailbox-incoming-named = Incoming: how mail gets to { $address }
mailbox-forward-fetch = Let it be fetched from the mailbox that you have: press “Incoming” beside the address.
source-title = Fetched from a mailbox
source-why = Rapport fetches what is new and leaves the rest alone. Nothing is answered automatically and nobody is notified of mail from before.
source-provider = Provider
source-provider-why = Fills in the server. The user name is usually the whole address.
source-provider-other = Another one
source-app-password = { $name } wants a password that is made for one program: make one in your account there and enter it below.
source-protocol = Protocol
source-host = Server
source-password-kept = Leave empty to keep the stored password.
source-which = Which mails
source-from-now = New mail from now on
source-from-now-why = What lies there already stays where it is.
source-history = Earlier mail as well
source-history-why = It is filed as solved conversations with their dates. Nobody is notified.
source-history-days = Days to go back
source-afterwards = On the server, fetched mail
source-keep = stays as it is
source-keep-why = Not even a flag changes.
source-seen = is marked as read
source-seen-why = Other programs show it as read.
source-move = moves to a folder
source-move-why = The inbox there stays empty.
source-delete = is deleted later
source-delete-why = Only what was fetched, after these days.
source-move-to = Folder
source-keep-days = Days until then
source-folder = Folders
source-folder-why = Usually INBOX. Several are parted by commas; a name with a comma in it stands in quotes: "A, B".
source-sent = Folder of sent mail
source-sent-why = What is sent from your mail program is filed in its conversation. Empty leaves it out.
source-look = Test and preview
source-looking = Looking…
source-connect = Connect
source-opens = It opens.
source-mails = { $n ->
    [0] There is no mail in it.
    [one] One mail lies there.
   *[other] { $n } mails lie there.
}
source-tells = New mail arrives within seconds.
source-looks = New mail arrives within a minute.
source-takes-none = None of them will be taken: 0 conversations, 0 answers.
source-takes-some = Those of the chosen days will be filed as solved; this server can’t say how many.
source-takes = { $n ->
    [one] One of them is of the last { $days } days and will be filed as solved.
   *[other] { $n } of them are of the last { $days } days and will be filed as solved.
}
source-is-well = Fetching
source-is-fresh = Connected
source-is-waiting = Catching up
source-is-failing = Not fetching
source-is-hook = Handed in
source-failing = It has not been fetched since { $since }
source-failing-now = It can’t be fetched
source-server = Server
source-fetched = Last looked
source-never = not yet
source-newest = Newest mail
source-none-yet = none yet
source-waiting = Still waiting there
source-waiting-n = { $n ->
    [0] nothing
    [one] one mail
   *[other] { $n } mails
}
source-unfetched = Could not be fetched
source-unfetched-n = { $n ->
    [one] one mail
   *[other] { $n } mails
}
source-fetch-now = Fetch now
source-change = Change
source-disconnect = Stop fetching
done-source = { $host } is connected
done-fetching = Fetching
done-disconnected = { $address } is fetched no longer
hook-title = Handed in by a provider
hook-why = A mail provider posts each mail as it came (message/rfc822) to an address of its own.
hook-make = Make the address
hook-renew = Make a new address
hook-remove = Take it back
hook-url = Post mail here
hook-once = It is shown this once. A new one ends the old one.
hook-url-signed = It is shown this once. The address alone lets nobody in: each mail has to be signed.
hook-key = Signing key
hook-key-once = It is shown this once. Libraries of the Standard Webhooks want it in base64, behind “whsec_”.
hook-signed = Each mail has to be signed
hook-signed-why = By HMAC-SHA256, with the time (Standard Webhooks). What is older than five minutes is refused, and what was taken already is not stored again. Off, whoever knows the address can hand in mail.
hook-is-signed = Each mail has to be signed.
hook-is-plain = Whoever knows the address can hand in mail.
hook-example = To try it with a mail in a file:
hook-example-copy = Copy the command
hook-since = Made { $when }.
hook-used = Last used { $when }.
hook-unused = Not used yet.
done-hook-removed = The address takes no mail any more
done-mailbox = { $address } is added. Now choose how its mail gets here.
done-mailbox-saved = { $address } saved
done-mailbox-removed = { $address } is removed

## Outgoing mail
panel-email-outgoing = Outgoing mail
outgoing-intro = The server through which answers, invitations and notices go out. Once it’s saved, you can send a test mail.
outgoing-not-set = No server is named yet. Until then answers wait and nothing goes out.
outgoing-server = Server
outgoing-host = Name of the server
outgoing-host-why = Your mail provider calls it “SMTP server” or “outgoing mail”.
outgoing-port = Port
outgoing-port-why = Changes with the protection. 587 is usual.
outgoing-security = Protection
outgoing-starttls = STARTTLS
outgoing-starttls-why = Begins in the clear and then has to be encrypted, otherwise nothing is sent. Usual with port 587.
outgoing-tls = TLS from the start
outgoing-tls-why = Encrypted from the first byte. Usual with port 465.
outgoing-none = None
outgoing-none-why = In the clear. Only for a server on the same machine.
outgoing-account = Account
outgoing-username = User name
outgoing-username-why = Often the whole address. Empty if the server asks for none.
outgoing-password = Password
outgoing-password-why = It’s stored encrypted and never shown again.
outgoing-password-kept = One is stored. Leave this empty to keep it.
outgoing-password-lost = The stored password belongs to the old server and user name. Type it again.
outgoing-forget = Forget the stored password
outgoing-from = Usual sender
outgoing-from-why = Invitations and notices come from this mailbox. Answers come from the one to which the customer wrote.
outgoing-from-first = The first mailbox
outgoing-more = Certificate of your own
outgoing-certificate = Certificate that is also trusted (PEM)
outgoing-certificate-why = Only for a server whose certificate isn’t signed by a known authority.
outgoing-test = Send a test mail
outgoing-test-why = This really sends, and shows what the server answers.
outgoing-test-to = To
outgoing-test-do = Send the test
outgoing-test-save = Save first: the test uses what is saved.
outgoing-testing = Sending…
outgoing-said = The server’s answer:
outgoing-fate-taken = The server has taken the mail. See if it arrives.
outgoing-fate-postponed = Not now: the server can’t be reached, or asks to try again later.
outgoing-fate-refused = The server refused the mail.
outgoing-fate-unclear = The connection broke. It isn’t certain whether the mail was taken.
done-outgoing = Outgoing mail saved

## Parked mail
panel-email-parked = Parked mail
panel-email-trust = Trust and spam
parked-intro = Mail and other work that failed again and again. Nothing is lost: mend the cause, then try again.
parked-look = Look again
parked-none = Nothing is parked
parked-none-text = Everything that came in was processed.
parked-from = Mail from { $sender }
parked-to = to { $to }
parked-job = Work “{ $job }”
parked-cause = { $n ->
    [one] Tried once:
   *[other] Tried { $n } times:
}
parked-no-cause = no cause is known
parked-raw = Original
parked-raw-named = Download the original: { $name }
parked-retry-named = Try again: { $name }
parked-give-up = Give up
parked-give-up-named = Give up: { $name }
done-given-up = It won’t be tried any more
unfetched-title = Mail that could not be fetched
unfetched-why = It still lies on the other server, and everything behind it was fetched. It is tried again by itself, less and less often.
unfetched-retry-named = Try again: a mail for { $address }
unfetched-leave = Leave it there
unfetched-leave-named = Leave it there: a mail for { $address }
done-left-there = It stays on the server
done-retried = It’s being tried again

## What the server refuses here
error-email_taken = There is an agent with this address already.
error-email_invalid = This isn’t an email address.
error-name_long = This name is too long.
error-agent_not_found = This agent doesn’t exist any more.
error-role_not_found = This role doesn’t exist any more.
error-role_exists = There is a role with this name already.
error-role_built_in = Roles that come with Rapport can’t be changed.
error-grants_invalid = One of these permissions doesn’t exist.
error-too_many_members = These are too many people: 1,000 at most.
error-too_many_teams = An agent is in at most 100 teams.
error-session_not_found = This session has ended already.
error-token_not_found = This token doesn’t exist any more.
error-source_unreachable = The mail server doesn’t answer. Check its name and port, and whether a firewall is in between.
error-source_untrusted = The server’s certificate isn’t trusted. Check the name of the server, or enter its certificate.
error-source_no_starttls = The server doesn’t offer STARTTLS on this port. Try TLS on another port.
error-source_login = The server refuses the user name or the password. Some providers want a password that is made for one program.
error-source_grant = The server refuses the access that was granted. Sign in again, as somebody who may open this mailbox.
error-source_grant_host = This server isn’t one of the provider that granted the access. Only the provider’s own servers get to see it.
error-source_no_grants = This server takes passwords only. Enter the user name and the password.
error-source_broken = The connection to the server broke. It is tried again by itself.
error-source_unwilling = The server refuses what it was asked. Its own words may say why.
error-source_folder = There is no such folder on the server.
error-source_host = Name the mail server, as in imap.example.com.
error-source_port = A port lies between 1 and 65535.
error-source_username = Enter the user name of the mailbox.
error-source_password = This can’t be a password.
error-source_password_missing = Enter the password.
error-source_clear = A password is sent only over TLS, or to this machine itself.
error-source_pop3 = POP3 knows no folders and no flags. Use IMAP for these.
error-source_folders = Name at most 20 folders, as the server calls them.
error-source_move_to = Name the folder to which fetched mail goes.
error-source_move_round = Mail is fetched from this folder. Name another.
error-source_keep_days = This is a number of days up to 3650.
error-source_history_days = This is a number of days up to 36500.
error-source_not_found = This mailbox is not fetched any more.
error-hook_not_found = This address doesn’t exist any more.
error-unfetched_not_found = This mail isn’t waiting any more.
error-job_not_found = This isn’t parked any more.
error-no_certificates = This system knows no certificate authority. Install the package ca-certificates.
error-mailbox_exists = This address is in use already.
error-mailbox_not_found = This mailbox doesn’t exist any more.
error-no_mailbox = Add a mailbox first: mail goes out from it.
error-no_outgoing = Name the outgoing server first.
error-outgoing_not_set = No outgoing server is named yet.
error-trusted_certificate = This certificate can’t be read.
error-setting_invalid = One of these values isn’t possible.

# Refusals
error-team_exists = There is a team with this name already.
error-brand_exists = There is a brand with this name already.
error-brand_usual = What names no other brand belongs to this one, so it stays.
error-password_wrong = This isn’t your present password.
error-password_not_yours = Sign in to change your own password.
error-time_zone_invalid = A time zone is named as in Europe/Berlin.
error-locale_invalid = A language is named as in en, de or pt-BR.
error-last_owner = A workspace keeps at least one active owner.
error-role_too_strong = This role may do more than yours.
error-origin_invalid = An address looks like https://shop.example, without a path.
error-color_invalid = A colour looks like #3a34c9.
error-form_invalid = Something in the form isn’t right.
error-widget_not_found = This widget doesn’t exist any more.
error-privacy_url_invalid = An address begins with https://.
error-schedule_invalid = These hours aren’t right.
