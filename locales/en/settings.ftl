# The settings of the desk, in English; loaded when settings are opened. Other languages carry the same keys.

## The frame
settings = Settings
settings-search = Search in settings
settings-found = { $n ->
    [one] 1 setting found
   *[other] { $n } settings found
}
settings-group-account = Your account
settings-group-people = People
settings-group-channels = Channels
settings-group-house = Workspace
settings-not-yours = Only administrators may change this.
settings-unsaved = Not saved yet
settings-discard = Discard changes
settings-failed = These settings couldn’t be loaded

## Chat: rules
panel-chat-rules = Chat rules
chat-rules-intro = How chats are handed out to your team, and what happens when nobody answers.
chat-ringing = When a visitor writes
chat-answer-within = Seconds to take and answer a chat
chat-answer-within-why = After this time the chat rings for everybody else. If nobody takes it then, the visitor is asked to leave an address.
chat-most = Chats at the same time for each agent
chat-most-why = Whoever has this many chats isn’t rung any more. Colleagues are asked instead.
chat-leaving = When a visitor leaves
chat-mail-after = Send unread answers by mail after
chat-mail-after-why = An answer that the visitor hasn’t seen goes out once as mail, if there is an address. The reply to it comes back into the same conversation.
chat-mail-never = Never
chat-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
chat-end-after = Minutes of silence until a chat ends
chat-end-after-why = The conversation stays open for your team; only the live part ends.
done-chat-rules = Chat rules saved

## Chat: widgets
panel-chat-widgets = Chat widgets
widgets-intro = A widget is the chat on your website. Most shops need one; have several when brands or languages differ.
widgets-all = All widgets
widgets-none = No widget yet
widgets-none-text = Give it a name, then put one line of code into your website.
widget-new = Add widget
widget-new-hint = Title of the chat, such as “Corner Shop”
widget-off = switched off
widget-install = Put it on your website
widget-install-why = Copy this line into every page, before the closing body tag.
widget-csp = If your site has a content security policy, allow this server in script-src and frame-src. Nothing else is needed.
widget-identity = Signed-in customers
widget-identity-off = Your shop’s server can say with a signed word who a visitor is. That visitor then sees all own conversations.
widget-identity-on = Your shop’s server signs who a visitor is.
widget-secret-new = Make a secret
widget-secret-again = Make a new secret
widget-secret-drop = Switch off
widget-secret-once = Keep this secret on your server now. It isn’t shown again.
widget-key = Key
widget-key-why = It stands in the line above and is no secret. A new one stops every page that carries the old one.
widget-key-new = Make a new key
widget-ask-key = Every page with the old line loses its chat until you put in the new one.
widget-ask-secret = The old secret stops working at once.
widget-ask-off = Visitors can’t be recognised as signed in any more.
widget-ask-yes = Go on
widget-where = Where it stands
widget-name = Name
widget-name-why = Visitors read it as the title of the chat.
widget-origins = Websites that may show it
widget-origins-why = One per line, such as https://shop.example. Empty means everywhere.
widget-team-why = Chats ring in this team first.
widget-any-team = Every team
brand = Brand
widget-brand-why = Mails that follow a chat carry this brand.
widget-usual-brand = The usual one
widget-active = Switched on
widget-active-why = Switched off, the chat vanishes from all pages.
widget-looks = Looks and words
widget-color = Colour
widget-color-why = The writing on it becomes black or white, whichever can be read.
color-form = A colour is written as # and six digits or letters from a to f, such as #2f6b4f.
widget-position = Corner
widget-right = Right
widget-left = Left
widget-launcher = Words on the button
widget-launcher-why = Empty shows only the sign.
widget-greeting = Greeting
widget-greeting-why = The first thing that a visitor reads.
widget-offline = When nobody is there
widget-offline-why = Stands over the form that becomes a mail conversation. Empty says when you’re back.
widget-before = Form before a chat
widget-before-why = Ask for little: every field costs you visitors. An address typed here is a claim, until it is proved.
form-never = No form
form-optional = May be skipped
form-required = Must be filled in
form-field = Field
form-label = Question
form-kind = Kind of answer
form-text = Text
form-select = Choice
form-options = One choice per line
form-must = Required
form-own = Own question
form-up = Move { $name } up
form-down = Move { $name } down
form-remove = Remove { $name }
widget-visitors = Visitors
widget-attachments = Visitors may send files
widget-attachments-why = Up to 10 MB each. They’re checked like every attachment.
widget-trail = Show which pages a visitor looks at
widget-trail-why = Your team sees the present page and the last twenty. Say so in your privacy policy.
widget-query = Keep what follows the ? in addresses
widget-query-why = It may hold names or search words. Leave it off unless you need it.
widget-privacy = Privacy policy
widget-privacy-why = Linked in the chat’s menu.
widget-preview = Preview of the chat
widget-preview-why = As visitors see it, with what is saved. Nothing is sent from here.
widget-delete = Delete this widget
done-widget-saved = Widget saved
done-widget-deleted = Widget deleted
done-widget-key = There is a new key

## Team hours
panel-people-hours = Team hours
hours-intro = When your teams are there. The chat says honestly when you’re back, and rings only in these hours.
hours-no-team = There is no team yet. Without a team, chats are always open.
hours-always = Always open
hours-always-why = The chat depends only on whether somebody is available.
hours-week = Week
hours-zone-why = The hours are meant in this zone. Visitors see them in their own.
hours-copy = Same until Friday
hours-closed = Closed
hours-from = { $day }, from
hours-to = { $day }, until
hours-add = Add hours on { $day }
hours-remove = Remove these hours on { $day }
hours-holidays = Holidays and other days
hours-holidays-why = These days have hours of their own. Without any, you’re closed.
hours-date = Day
hours-holiday-add = Add a day
hours-holiday-remove = Remove { $date }
done-hours = Hours saved

# What a mailbox says by itself
confirm-title = Confirm the first mail
confirm-why = Whoever writes for the first time is told at once that the mail has arrived. Machines, lists, blocked senders and answers are never told, and nobody twice within a day.
confirm-on = Send a confirmation
confirm-text = Text
confirm-text-why = {"{"}number{"}"} stands for the number of the conversation. Left empty, the usual words are sent.
confirm-language = Language of the usual words
error-language-unknown = There are no words in this language.
done-confirm = Confirmation of { $address } saved
