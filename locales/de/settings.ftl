# Die Einstellungen des Arbeitsplatzes auf Deutsch.

## Der Rahmen
settings = Einstellungen
settings-search = In den Einstellungen suchen
settings-found = { $n ->
    [one] 1 Einstellung gefunden
   *[other] { $n } Einstellungen gefunden
}
settings-group-account = Ihr Konto
settings-group-people = Menschen
settings-group-channels = Kanäle
settings-group-house = Arbeitsbereich
settings-not-yours = Das dürfen nur Administratoren ändern.
settings-unsaved = Noch nicht gespeichert
settings-discard = Änderungen verwerfen
settings-failed = Diese Einstellungen konnten nicht geladen werden

## Chat: Regeln
panel-chat-rules = Chat-Regeln
chat-rules-intro = Wie Chats im Team verteilt werden und was geschieht, wenn niemand antwortet.
chat-ringing = Wenn ein Besucher schreibt
chat-answer-within = Sekunden, um einen Chat anzunehmen und zu beantworten
chat-answer-within-why = Danach klingelt der Chat bei allen anderen. Nimmt ihn auch dann niemand, wird der Besucher um eine Adresse gebeten.
chat-most = Gleichzeitige Chats je Agent
chat-most-why = Wer so viele Chats hat, bei dem klingelt es nicht mehr. Stattdessen werden Kollegen gefragt.
chat-leaving = Wenn ein Besucher geht
chat-mail-after = Ungelesene Antworten per Mail senden nach
chat-mail-after-why = Eine Antwort, die der Besucher nicht gesehen hat, geht einmal als Mail hinaus, wenn es eine Adresse gibt. Die Antwort darauf kommt in dieselbe Unterhaltung zurück.
chat-mail-never = Nie
chat-minutes = { $n ->
    [one] 1 Minute
   *[other] { $n } Minuten
}
chat-end-after = Minuten Stille, bis ein Chat endet
chat-end-after-why = Die Unterhaltung bleibt für Ihr Team offen; nur das Gespräch endet.
done-chat-rules = Chat-Regeln gespeichert
