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
