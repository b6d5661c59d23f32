# إعدادات مكتب العمل بالعربية.

## الإطار
settings = الإعدادات
settings-search = ابحث في الإعدادات
settings-found = { $n ->
    [zero] لا توجد إعدادات
    [one] إعداد واحد
    [two] إعدادان
    [few] { $n } إعدادات
    [many] { $n } إعدادًا
   *[other] { $n } إعداد
}
settings-group-account = حسابك
settings-group-people = الأشخاص
settings-group-channels = القنوات
settings-group-house = مساحة العمل
settings-not-yours = هذا للمديرين فقط.
settings-unsaved = لم يُحفظ بعد
settings-discard = تجاهل التغييرات
settings-failed = تعذّر تحميل هذه الإعدادات

## الدردشة: القواعد
panel-chat-rules = قواعد الدردشة
chat-rules-intro = كيف توزَّع الدردشات على فريقك، وماذا يحدث إذا لم يردّ أحد.
chat-ringing = عندما يكتب زائر
chat-answer-within = الثواني المتاحة لاستلام الدردشة والرد عليها
chat-answer-within-why = بعدها ترنّ الدردشة لدى الآخرين. وإذا لم يستلمها أحد يُطلب من الزائر ترك عنوان.
chat-most = عدد الدردشات المتزامنة لكل موظف
chat-most-why = من لديه هذا العدد لا ترنّ لديه دردشات أخرى، ويُسأل زملاؤه.
chat-leaving = عندما يغادر الزائر
chat-mail-after = أرسل الردود غير المقروءة بالبريد بعد
chat-mail-after-why = الرد الذي لم يره الزائر يُرسل مرة واحدة بالبريد إن وُجد عنوان، ويعود جوابه إلى المحادثة نفسها.
chat-mail-never = أبدًا
chat-minutes = { $n ->
    [zero] لا دقائق
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
chat-end-after = دقائق الصمت حتى تنتهي الدردشة
chat-end-after-why = تبقى المحادثة مفتوحة لفريقك؛ وينتهي الحديث المباشر فقط.
done-chat-rules = حُفظت قواعد الدردشة
