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

## الدردشة: النوافذ
panel-chat-widgets = نوافذ الدردشة
widgets-intro = نافذة الدردشة هي الدردشة على موقعك. تكفي معظم المتاجر نافذة واحدة؛ وتفيد عدة نوافذ عند اختلاف العلامات أو اللغات.
widgets-all = كل النوافذ
widgets-none = لا توجد نافذة بعد
widgets-none-text = أعطها اسمًا، ثم ضع سطرًا واحدًا في موقعك.
widget-new = أضف نافذة
widget-new-hint = عنوان الدردشة، مثل «متجر الزاوية»
widget-off = متوقفة
widget-install = ضعها في موقعك
widget-install-why = انسخ هذا السطر إلى كل صفحة قبل نهاية body.
widget-csp = إذا كانت لموقعك سياسة أمان محتوى فاسمح بهذا الخادم في script-src وframe-src. لا يلزم شيء آخر.
widget-identity = العملاء المسجَّلون
widget-identity-off = يستطيع خادم متجرك أن يقول بتوقيع من هو الزائر، فيرى الزائر كل محادثاته.
widget-identity-on = خادم متجرك يوقّع من هو الزائر.
widget-secret-new = أنشئ سرًّا
widget-secret-again = أنشئ سرًّا جديدًا
widget-secret-drop = أوقفه
widget-secret-once = احفظ هذا السر على خادمك الآن. لن يُعرض مرة أخرى.
widget-key = المفتاح
widget-key-why = يظهر في السطر أعلاه وليس سرًّا. المفتاح الجديد يوقف كل صفحة تحمل القديم.
widget-key-new = أنشئ مفتاحًا جديدًا
widget-ask-key = كل صفحة فيها السطر القديم تفقد الدردشة حتى تضع السطر الجديد.
widget-ask-secret = يتوقف السر القديم فورًا.
widget-ask-off = لن يُعرف الزوار كمسجَّلين بعد الآن.
widget-ask-yes = تابع
widget-where = أين تظهر
widget-name = الاسم
widget-name-why = يقرؤه الزوار عنواناً للدردشة.
widget-origins = المواقع التي يجوز لها عرضها
widget-origins-why = موقع في كل سطر، مثل https://shop.example. الفراغ يعني كل المواقع.
widget-team-why = ترنّ الدردشات في هذا الفريق أولًا.
widget-any-team = كل الفرق
brand = العلامة
widget-brand-why = يحمل البريد الذي يتبع الدردشة هذه العلامة.
widget-usual-brand = المعتادة
widget-active = مشغّلة
widget-active-why = عند الإيقاف تختفي الدردشة من كل الصفحات.
widget-looks = الشكل والكلمات
widget-color = اللون
widget-color-why = تصير الكتابة عليه سوداء أو بيضاء بحسب الوضوح.
color-form = يُكتب اللون بعلامة # تليها ستة أرقام أو أحرف من a إلى f، مثل ‎#2f6b4f.
widget-position = الزاوية
widget-right = اليمين
widget-left = اليسار
widget-launcher = كلمات على الزر
widget-launcher-why = الفراغ يعرض العلامة فقط.
widget-greeting = الترحيب
widget-greeting-why = أول ما يقرأه الزائر.
widget-offline = عندما لا يوجد أحد
widget-offline-why = يظهر فوق النموذج الذي يصير محادثة بريد. الفراغ يقول متى تعودون.
widget-before = نموذج قبل الدردشة
widget-before-why = اسأل القليل: كل حقل يُبعد زوارًا. العنوان المكتوب هنا ادعاء حتى يثبت.
form-never = بلا نموذج
form-optional = يجوز تخطيه
form-required = يجب ملؤه
form-field = حقل
form-label = السؤال
form-kind = نوع الجواب
form-text = نص
form-select = اختيار
form-options = اختيار في كل سطر
form-must = إلزامي
form-own = سؤال خاص
form-up = ارفع { $name }
form-down = أنزل { $name }
form-remove = أزل { $name }
widget-visitors = الزوار
widget-attachments = يجوز للزوار إرسال ملفات
widget-attachments-why = حتى 10 ميغابايت لكل ملف، وتُفحص ككل المرفقات.
widget-trail = اعرض الصفحات التي يراها الزائر
widget-trail-why = يرى فريقك الصفحة الحالية وآخر عشرين. اذكر ذلك في سياسة الخصوصية.
widget-query = احتفظ بما بعد علامة ? في العناوين
widget-query-why = قد يحوي أسماء أو كلمات بحث. اتركه متوقفًا ما لم تحتج إليه.
widget-privacy = سياسة الخصوصية
widget-privacy-why = رابط في قائمة الدردشة.
widget-preview = معاينة الدردشة
widget-preview-why = كما يراها الزوار، بما هو محفوظ. لا يُرسل شيء من هنا.
widget-delete = احذف هذه النافذة
done-widget-saved = حُفظت النافذة
done-widget-deleted = حُذفت النافذة
done-widget-key = هناك مفتاح جديد

## أوقات الفريق
panel-people-hours = أوقات الفرق
hours-intro = متى تكون فرقك حاضرة. تقول الدردشة بصدق متى تعودون، ولا ترنّ إلا في هذه الأوقات.
hours-no-team = لا يوجد فريق بعد. بلا فريق تكون الدردشات مفتوحة دائمًا.
hours-always = مفتوح دائمًا
hours-always-why = تعتمد الدردشة فقط على وجود شخص متاح.
hours-week = الأسبوع
hours-zone-why = الأوقات بهذه المنطقة، ويراها الزوار بمنطقتهم.
hours-copy = مثله حتى الجمعة
hours-closed = مغلق
hours-from = { $day }، من
hours-to = { $day }، إلى
hours-add = أضف وقتًا يوم { $day }
hours-remove = أزل هذا الوقت يوم { $day }
hours-holidays = العطل وأيام أخرى
hours-holidays-why = لهذه الأيام أوقاتها. بلا أوقات تكونون مغلقين.
hours-date = اليوم
hours-holiday-add = أضف يومًا
hours-holiday-remove = أزل { $date }
done-hours = حُفظت الأوقات

# ما يقوله صندوق البريد من تلقاء نفسه
confirm-title = تأكيد أول رسالة
confirm-why = من يكتب لأول مرة يُبلَّغ فوراً بوصول رسالته. لا تُبلَّغ الآلات والقوائم والمرسلون المحظورون ولا الردود، ولا يُبلَّغ أحد مرتين في يوم واحد.
confirm-on = إرسال تأكيد
confirm-text = النص
confirm-text-why = تشير {"{"}number{"}"} إلى رقم المحادثة. إذا تُرك فارغاً تُرسل الكلمات المعتادة.
confirm-language = لغة الكلمات المعتادة
error-language-unknown = لا توجد كلمات بهذه اللغة.
done-confirm = حُفظ تأكيد { $address }
