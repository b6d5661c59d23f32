# The desk, in Arabic.

rapport = Rapport

## الإطار
rail = الأماكن
rail-inbox = الوارد
rail-search = البحث
rail-new = جديد
rail-me = أنت
rail-me-named = قائمتك، { $name }
views = العروض
panel = العميل والتفاصيل
close-panel = إغلاق اللوحة
list-width = عرض القائمة
skip-to-main = الانتقال إلى المحادثة
loading = جارٍ التحميل…
close = إغلاق
back = رجوع
cancel = إلغاء
save = حفظ
saved = تم الحفظ
apply = تطبيق
filter = تصفية…
nothing-found = لا نتائج
dismiss = إخفاء
undo = تراجع
try-again = حاول مجدداً
reload = إعادة التحميل
outdated = تتوفر نسخة جديدة من Rapport.
offline = لا يوجد اتصال. يمكنك متابعة القراءة والكتابة.
offline-waiting = { $n ->
    [one] لا يوجد اتصال. تغيير واحد بانتظار الإرسال.
    [two] لا يوجد اتصال. تغييران بانتظار الإرسال.
    [few] لا يوجد اتصال. { $n } تغييرات بانتظار الإرسال.
   *[other] لا يوجد اتصال. { $n } تغييراً بانتظار الإرسال.
}
broken-title = تعذّر الوصول إلى Rapport
broken-text = لم يستجب الخادم. مسوداتك محفوظة على هذا الجهاز.
part-missing = تعذّر تحميل هذا الجزء
lost-title = لا شيء في هذا العنوان
lost-text = قد يكون الرابط قديماً أو مكتوباً خطأً.
to-inbox = إلى الوارد
nothing-open-title = لا توجد محادثة مفتوحة
nothing-open-text = اختر واحدة من القائمة، أو اضغط j للتنقل بينها.

## الأوقات
time-now = الآن
time-minutes = { $n } د

## العروض والقائمة
view-mine = محادثاتي
view-unassigned = غير مسندة
view-all = الكل
view-solved = المحلولة
count-more = { $n }+
empty-mine-title = أنجزت كل شيء
empty-mine-text = لم يُسند إليك شيء. انظر هل ينتظر أحد بين المحادثات غير المسندة.
to-first-steps = الخطوات الأولى
empty-first-title = لم يصل شيء بعد
empty-first-text = تبيّن الخطوات الأولى كيف يصل البريد والدردشات إلى هنا.
empty-unassigned-title = لا أحد ينتظر
empty-unassigned-text = لكل محادثة من يتولاها.
empty-all-title = الهدوء يعمّ هنا
empty-all-text = تظهر المحادثات الجديدة من تلقاء نفسها.
empty-solved-title = لم يُحلّ شيء بعد
empty-solved-text = ما تحلّه يُحفظ هنا.
to-unassigned = عرض غير المسندة
list-failed = تعذّر تحميل القائمة
new-rows = { $n ->
    [one] جديدة واحدة
    [two] جديدتان
    [few] { $n } جديدة
   *[other] { $n } جديدة
}
row-unread = غير مقروءة.
row-answered = تم الرد
row-select = تحديد «{ $subject }»
no-subject = (بلا موضوع)
bulk = المحادثات المحددة
bulk-count = { $n ->
    [one] محادثة محددة
    [two] محادثتان محددتان
    [few] { $n } محادثات محددة
   *[other] { $n } محادثة محددة
}
bulk-clear = إلغاء التحديد

## الحالة والأولوية والنوع والقناة
status = الحالة
status-new = جديدة
status-open = مفتوحة
status-pending = بانتظار الرد
status-hold = معلّقة
status-solved = محلولة
status-closed = مغلقة
priority = الأولوية
priority-low = منخفضة
priority-normal = عادية
priority-high = عالية
priority-urgent = عاجلة
priority-none = بلا
type = النوع
type-question = سؤال
type-problem = مشكلة
type-incident = حادثة
type-task = مهمة
channel = القناة
channel-email = بريد إلكتروني
channel-chat = دردشة
channel-widget = دردشة
channel-web = الموقع
channel-portal = مركز المساعدة
channel-voice = مكالمة
channel-walk-in = زيارة
channel-letter = رسالة ورقية
channel-sms = رسالة نصية
channel-api = واجهة برمجية
spam = غير مرغوب
not-spam = ليست غير مرغوبة
deleted = محذوفة
restore = استعادة
unassigned = غير مسندة
nobody = لا أحد
unknown = غير معروف
assignee = المسؤول
agents = الموظفون
team = الفريق
teams = الفرق
me-named = { $name } (أنت)
assign-hint = اسم شخص أو فريق

## المحادثة
conversation-number = المحادثة { $number }
messages = الرسائل
message-by = رسالة من { $name }
note-by = ملاحظة من { $name }
message-frame = محتوى الرسالة
went-out = كما أُرسلت
subject = الموضوع
rename = تغيير الموضوع
more = المزيد
older-messages = عرض الرسائل الأقدم
to-names = إلى { $names }
from = من
to = إلى
cc = نسخة
original = عرض الأصل
repeats = { $n ->
    [one] وصلت مرتين
   *[other] وصلت { $n } مرات إضافية
}
quoted = المراسلات السابقة
attachments = { $n ->
    [one] مرفق واحد
    [two] مرفقان
    [few] { $n } مرفقات
   *[other] { $n } مرفقاً
}
note = ملاحظة
typing = { $name } يكتب…
viewing = { $name } يطالع هذه المحادثة
also-open = مفتوحة أيضاً من العميل نفسه:
join = دمج
follow-up-of = متابعة لـ ‎#{ $number }
joined-into = دُمجت في ‎#{ $number }
thread-failed = تعذّر تحميل المحادثة
mark-claimed-sender = عنوان المرسل غير مثبت. تحقّق قبل أن تكشف شيئاً.
mark-not-participant = لم يكن المرسل طرفاً في هذه المحادثة من قبل.
mark-same-message-id = هناك رسالة أخرى بالمعرّف نفسه.
mark-too-large = كانت هذه الرسالة أكبر من 40 ميغابايت. جُلب رأسها فقط وبقيت الرسالة على خادم البريد.
mark-sent-elsewhere = أُرسلت من برنامج بريد آخر.
mark-automatic = أُرسلت آلياً، كرد أثناء الإجازة مثلاً.
mark-other-sender = وصلت من عنوان غير العنوان الذي سُئل.
delivery-held = { $n ->
    [one] تُرسل خلال ثانية
    [two] تُرسل خلال ثانيتين
    [few] تُرسل خلال { $n } ثوانٍ
   *[other] تُرسل خلال { $n } ثانية
}
delivery-queued = بانتظار الإرسال
delivery-sending = يجري إرسالها
delivery-delivered = تم التسليم
delivery-delayed = متأخرة: ما زال خادم آخر يحاول.
address-unreachable = لا يمكن الوصول إليه
address-delayed = تأخر التسليم
address-complained = أبلغ عن رسالتنا كبريد مزعج
delivery-failed = لم تُسلَّم.
delivery-unknown = ليس مؤكداً أنها وصلت.
send-again = إرسال مجدداً
pending-sending = جارٍ الإرسال…
pending-waiting = بانتظار الاتصال
edit-again = تعديل مجدداً
discard = تجاهل

## الكتابة
mode = نوع الرسالة
reply = رد
reply-to = الرد على { $name }…
draft-to = متابعة مسودتك إلى { $name }…
reply-hint = اكتب ردك…
note-hint = اكتب ملاحظة لفريقك. استخدم @ لمناداة أحد.
note-only = لا يراها سوى فريقك
write = النص
fold = طيّ
draft-saving = جارٍ الحفظ…
draft-saved = حُفظت المسودة
draft-local = حُفظت على هذا الجهاز
discard-draft = تجاهل المسودة
recipients-loading = جارٍ تحديد المستلمين…
recipient-new = جديد
recipient-outside = خارجي
recipient-remove = إزالة { $address }
why-added = أضفته أنت
why-wrote_last = آخر من كتب
why-was_copied = كان في النسخة
why-requester = صاحب الطلب
why-was_addressed = كان مُخاطَبًا
why-chosen = أضفته أنت
left-out = مستبعَد: { $names }
address-wrong = لا يبدو هذا عنواناً.
overtaken = وصلت رسالة أحدث أثناء كتابتك.
seen = اطّلعت عليها
formatting = التنسيق
format-bold = عريض
format-italic = مائل
format-underline = تحته خط
format-strike = يتوسطه خط
format-bullets = قائمة نقطية
format-numbers = قائمة مرقمة
format-quote = اقتباس
format-code = شيفرة
format-link = رابط
format-image = صورة
link-hint = عنوان الصفحة
attach = إرفاق ملفات
attach-hint = إرفاق ملفات (حتى 25 ميغابايت لكل ملف)
attachment-remove = إزالة { $name }
mention = مناداة أحد
uploading = جارٍ الرفع…
upload-too-large = «{ $name }» أكبر من { $limit }.
upload-too-many = لا تحمل الرسالة الواحدة أكثر من { $n } ملفاً.
send-email = إرسال بريد
add-note = إضافة ملاحظة
send-and = إرسال ثم…
send-only = إرسال دون تغيير الحالة
send-pending = إرسال وانتظار الرد
send-solved = إرسال وحلّ
closed-no-reply = هذه المحادثة مغلقة. أي رسالة جديدة من العميل تفتح متابعة لها.
deleted-no-reply = هذه المحادثة محذوفة.
joined-no-reply = دُمجت هذه المحادثة في أخرى.

## جهات تواصل غير البريد
contact-in-voice = وردت مكالمة
contact-out-voice = اتصلنا نحن
contact-in-walk-in = حضر إلى المكتب
contact-out-walk-in = زرناه نحن
contact-in-letter = وصلت رسالة ورقية
contact-out-letter = أُرسلت رسالة ورقية
contact-by = { $name }: سُجّل يدويًا
contact-logged-by = سجّله { $name }، ولم يُرسَل شيء
side = على الهامش
side-never = لا يراها العميل أبدًا
side-by = على هامش المحادثة، من { $name }
side-answer = الرد على الهامش
blocked = محظور
audience-everybody = إلى الجميع
audience-customer = إلى العميل وحده
left-own_address = عنواننا
left-list = قائمة بريدية
left-nobody_reads = لا يقرؤه أحد
left-too_many = عدد كبير
left-twice = مذكور من قبل
left-customer_only = للعميل وحده
recipients-limit = لا يمكن أن يكون في النسخة أكثر من { $n } شخصًا. احذف بعضهم.
guard-title = كُتب هذا كملاحظة. هل يبقى ملاحظة؟
guard-keep = إبقاؤه ملاحظة
guard-publish = إرساله إلى { $name }
action-log = تسجيل تواصل
action-log-new = تسجيل مكالمة أو زيارة أو رسالة
action-forward = إعادة توجيه إلى طرف ثالث
action-audience = العميل وحده أو الجميع
action-block = وضع علامة مزعج وحظر المرسل
action-block-domain = وضع علامة مزعج وحظر النطاق كله
action-blocked = الحجر والمرسلون المحظورون
done-blocked-spam = وُضعت علامة مزعج وحُظر المرسل
done-blocked = لن يصل شيء من هذا العميل بعد الآن
done-unblocked = تصل رسائل هذا العميل من جديد

## محادثة جديدة
start-to-hint = اسم أو عنوان
start-hint = اكتب الرسالة الأولى…
start-send = إرسال
customers = العملاء

## العميل
name = الاسم
edit-customer = تعديل العميل
customer-note = ملاحظة عن العميل
customer-since = عميل منذ { $date }
their-hour = الساعة عنده { $hour }
verified = مثبت
verified-why = ثبتت ملكية هذا العنوان.
claimed = غير مثبت
claimed-why = كُتب يدوياً أو بلا توقيع: لم تثبت ملكية هذا العنوان.
copy = نسخ
copied = تم النسخ
details = التفاصيل
due = الموعد
opened = فُتحت
participants = في النسخة
earlier = محادثات أخرى
earlier-none = هذه أول محادثة.
earlier-failed = تعذّر تحميلها.
tags = الوسوم
tag-add = إضافة وسم
tag-remove = إزالة الوسم { $tag }

## البحث
search-hint = كلمات أو أسماء أو عناوين أو ‎#رقم
search-idle-title = ابحث في كل شيء
search-idle-text = المحادثات والرسائل والعملاء المتاحون لك.
search-none-title = لا نتائج لـ «{ $query }»
search-none-text = جرّب كلمات أقل أو غيرها.
search-failed = تعذّر البحث
search-partial = هذه أحدث النتائج. قد يكون هناك المزيد.
more-results = نتائج أخرى

## التفضيلات
theme = المظهر
theme-system = مثل النظام
theme-light = فاتح
theme-dark = داكن
density = كثافة القائمة
density-comfortable = مريحة
density-compact = مدمجة
density-dense = كثيفة
language = اللغة
after-solving = بعد الحل
after-next = إلى المحادثة التالية
after-stay = البقاء
after-list = العودة إلى القائمة
keyboard = لوحة المفاتيح
single-keys = اختصارات بمفتاح واحد
single-keys-why = أوقفها إن كنت تملي نصك أو تضغط المفاتيح سهواً. تبقى التوليفات مثل Ctrl K.
profile = الملف الشخصي
time-zone = المنطقة الزمنية

## الباب
door-signin-title = مرحباً بعودتك
door-signin-text = سجّل الدخول إلى مكتبك.
door-signin-button = تسجيل الدخول
door-signin-done = سجّل الدخول إلى مكتبك.
door-forgot-title = نسيت كلمة المرور؟
door-forgot-text = سنرسل إليك رابطاً لاختيار كلمة جديدة.
door-forgot-button = إرسال الرابط
door-forgot-done = إن كان { $email } لأحد الموظفين فالرابط في الطريق. يصلح لساعة واحدة.
door-reset-title = اختر كلمة مرور جديدة
door-reset-text = ستُسجَّل مغادرتك في كل مكان آخر.
door-reset-button = حفظ كلمة المرور
door-reset-done = حُفظت كلمة المرور الجديدة. يمكنك الدخول بها الآن.
door-invitation-title = انضم إلى { $workspace }
door-invitation-text = حسابك: { $email }
door-invitation-button = ابدأ
door-invitation-done = أهلاً بك.
email = البريد الإلكتروني
password = كلمة المرور
new-password = كلمة مرور جديدة
password-hint = عشرة أحرف على الأقل. بضع كلمات تكفي.
show-password = إظهار كلمة المرور
your-name = اسمك
forgot-password = نسيت كلمة المرور؟
to-signin = العودة إلى تسجيل الدخول

## الدردشة المباشرة
chat = الدردشة
chats = الدردشات
visitor = زائر
chat-available = متاح للدردشة
chat-now-available = أنت متاح للدردشة
chat-now-away = أنت غير متاح: ترنّ الدردشات لدى غيرك
chat-take = استلم
chat-look = انظر أولًا
chat-pass = مرّرها
chat-return = أعدها إلى الطابور
chat-end = أنهِ
chat-rings = يرغب { $name } في الدردشة
chat-title = ({ $n }) دردشة ترنّ
chat-waits = ينتظر في الدردشة
chat-taken-by = استلم { $name } هذه الدردشة بالفعل.
chat-limit = لديك { $n } دردشات وهذا هو الحد. أنهِ إحداها أو مرّرها أولًا.
chat-notices = هل نعرض إشعارًا خارج هذه الصفحة عندما ترنّ دردشة؟
chat-notices-yes = اعرض الإشعارات
chat-notices-no = لا تسأل مجددًا
chat-pass-title = تمرير الدردشة مع { $name }
chat-pass-note = ملاحظة لمن يستلمها (يراها فريقك فقط)
chat-has = { $n } من { $most } دردشات
chat-full = لا مكان لديه
chat-away = غير متاح
chat-state-waiting = ينتظر
chat-state-mine = أنت تتحدث
chat-state-taken = يتحدث { $name }
chat-state-missed = لم يستلم أحد هذه الدردشة
chat-state-ended = انتهت الدردشة
chat-to = في الدردشة مع { $name }
email-to = كبريد
by-email = أجب بالبريد بدلًا من ذلك
by-chat = أجب في الدردشة
send-chat = أرسل
chat-sound = صوت عندما ترنّ دردشة
chat-sound-why = بعد أن تنقر أو تكتب في هذه الصفحة مرة، كما تطلب المتصفحات.
chat-enter = مفتاح الإدخال يرسل في الدردشة
chat-enter-why = Shift مع الإدخال يبدأ سطرًا جديدًا. عند الإيقاف يرسل Ctrl مع الإدخال.
visitor-online = في الصفحة
visitor-gone = غادر
visitor-banned = محظور
visitor-browser = المتصفح
visitor-since = شوهد أول مرة
visitor-trail = الصفحات التي زارها
visitor-ban = احظر هذا الزائر
visitor-unban = ارفع الحظر
chat-mail-answers = أُرسلت الردود غير المقروءة إلى { $to }، { $when }
chat-mail-transcript = أُرسلت نسخة من الدردشة إلى { $to }، { $when }
delivery-read = قُرئت
section-chat = الدردشة
action-chat-available = متاح للدردشة أو غير متاح
action-chat-take = استلم الدردشة التي ترنّ
action-chat-pass = مرّر الدردشة…
action-chat-return = أعد الدردشة
action-chat-end = أنهِ الدردشة
action-chat-ban = احظر الزائر
done-chat-taken = استلمت الدردشة مع { $name }
done-chat-returned = ترنّ الدردشة لدى الآخرين
done-chat-passed = مُرّرت إلى { $name }
done-chat-ended = انتهت الدردشة
done-chat-banned = حُظر الزائر
done-chat-unbanned = رُفع الحظر

## الأفعال
keys-title = اختصارات لوحة المفاتيح
keys-or = أو
keys-off = المفاتيح المفردة موقوفة في تفضيلاتك.
palette-hint = ماذا تريد أن تفعل؟
section-conversation = المحادثة
section-write = الكتابة
section-go = الانتقال
section-list = القائمة
section-desk = المكتب
section-conversations = المحادثات
section-customers = العملاء
action-palette = البحث والأوامر
action-keys = اختصارات لوحة المفاتيح
action-search = البحث
action-new = محادثة جديدة
action-go-inbox = إلى الوارد
action-go-mine = إلى محادثاتي
action-go-unassigned = إلى غير المسندة
action-go-all = إلى الكل
action-go-solved = إلى المحلولة
action-go-preferences = التفضيلات
action-go-settings = الإعدادات
action-next = المحادثة التالية
action-previous = المحادثة السابقة
action-open = فتح
action-select = تحديد
action-extend-down = توسيع التحديد إلى أسفل
action-extend-up = توسيع التحديد إلى أعلى
action-view-before = العرض السابق
action-view-after = العرض التالي
action-solve = حلّ
action-reopen = إعادة فتح
action-pending = بانتظار الرد
action-hold = تعليق
action-assign-me = إسناد إليّ
action-assign = إسناد إلى…
action-priority = تحديد الأولوية
action-tags = إضافة وسم
action-spam = وضع علامة غير مرغوب
action-unread = وضع علامة غير مقروء
action-delete = حذف
action-undo = التراجع عن آخر تغيير
action-panel = لوحة العميل
action-theme = التبديل بين الفاتح والداكن
action-escape = إغلاق، خطوة إلى الوراء
action-sign-out = تسجيل الخروج
action-reply = رد
action-note = كتابة ملاحظة
action-send = إرسال
action-send-solved = إرسال وحلّ
action-fold = طيّ النص

## ما تم
done-status = { $n ->
    [one] الحالة: { $status }
   *[other] حالة { $n }: { $status }
}
done-assigned = أُسندت إلى { $name }
done-unassigned = لم تعد مسندة إلى أحد
done-priority = الأولوية: { $priority }
done-tags = تغيّرت الوسوم
done-subject = تغيّر الموضوع
done-spam = وُضعت علامة غير مرغوب
done-not-spam = لم تعد غير مرغوبة
done-deleted = حُذفت
done-joined = دُمجت في ‎#{ $number }
done-sent = الرد على ‎#{ $number } في طريقه

## الأخطاء، بحسب رمز الخادم
error-offline = تعذّر الوصول إلى الخادم.
error-wrong_credentials = العنوان أو كلمة المرور غير صحيحة.
error-version_conflict = غيّر أحدهم هذا في الأثناء. ترى الآن الحالة الراهنة.
error-already_sent = فات الأوان: الرسالة في طريقها.
error-conversation_closed = المحادثة مغلقة.
error-forbidden = لا يحق لك ذلك.
error-not_found = هذا غير موجود، أو لا يحق لك رؤيته.
error-refused = رفض الخادم ذلك.
error-moved_on = لم يعد التراجع ممكناً: تغيّر شيء منذ ذلك الحين.
error-undo_not_found = لم يعد التراجع ممكناً.
error-already_undone = تم التراجع عن هذا من قبل.
error-conversation_not_found = هذه المحادثة غير موجودة، أو لا يحق لك رؤيتها.
error-sign_in_wait = محاولات كثيرة. انتظر قليلاً ثم حاول مجدداً.
error-too_many_requests = كان ذلك كثيراً دفعة واحدة. انتظر قليلاً.
error-session_ended = انتهت جلستك. سجّل الدخول مجدداً.
error-sign_in_first = سجّل الدخول أولاً.
error-not_permitted = لا يحق لك ذلك.
error-text_empty = اكتب شيئاً أولاً.
error-text_too_long = هذا النص طويل جداً.
error-subject_too_long = لا يزيد الموضوع على 500 حرف.
error-file_too_large = لا يتجاوز حجم الملف 25 ميغابايت.
error-uploads_too_many = عدد الملفات كبير على رسالة واحدة.
error-recipient_missing = حدّد من يستلم هذه الرسالة.
error-recipient_invalid = أحد العناوين غير صحيح.
error-recipient_own = أحد العناوين يخصّنا نحن.
error-recipients_too_many = عدد المستلمين كبير جداً.
error-password_short = تحتاج كلمة المرور إلى عشرة أحرف على الأقل.
error-password_long = كلمة المرور طويلة جداً.
error-reset_not_found = لم يعد هذا الرابط صالحاً. اطلب رابطاً جديداً.
error-invitation_not_found = لم تعد هذه الدعوة صالحة. اطلب دعوة جديدة.
error-assignee_inactive = لم يعد هذا الشخص يعمل هنا.
error-not_resendable = لا يُعاد إرسال سوى الرسائل التي لم تُسلَّم.
error-joined_already = دُمجت هذه المحادثة من قبل.
error-database_unavailable = الخادم مشغول. حاول مجدداً بعد لحظة.
error-database_busy = الخادم مشغول. حاول مجدداً بعد لحظة.
error-took_too_long = استغرق ذلك وقتاً طويلاً. حاول مجدداً.
error-team_not_found = هذا الفريق غير موجود.
error-brand_not_found = هذه العلامة التجارية غير موجودة.
error-uploads_full = ملفات كثيرة تنتظر الإرسال. أرسل بعضها أو أزله.
error-upload_not_found = لم يعد هذا الملف موجودًا.
error-upload_cut_off = لم يصل الملف كاملًا. حاول مرة أخرى.
error-transfers_busy = ملفات كثيرة قيد النقل. حاول بعد قليل.
error-transfers_too_many = انتظر حتى تصل بعض ملفاتك.
error-blob_not_written = تعذّر حفظ الملف.
error-recipient_unread = أحد هذه العناوين لا يقرؤه أحد.
error-recipient_list = أحد هذه العناوين قائمة بريدية.
error-side_not_found = هذا غير موجود، أو لا يحق لك رؤيته.
error-merge_itself = لا يمكن دمج عميل مع نفسه.
error-customer_merged = دُمج هذا العميل مع عميل آخر.
error-customer_not_found = هذا العميل غير موجود.
error-too_many_identities = لديهما معًا عناوين وأرقام كثيرة.
error-block_public_domain = يمكن لأي شخص أن يملك عنوانًا لدى هذا المزود. احظر عناوين مفردة.
error-nothing_to_block = ليس لهذا العميل عنوان يمكن حظره.
error-block_not_found = لم يعد هذا الحظر قائمًا.
error-blocked_not_found = لم يعد هذا موجودًا.
error-released_already = سُمح بهذا من قبل.
error-not_kept = لم يُحفظ منه إلا رأسه، فلا يمكن السماح به.
error-channel_off = هذه القناة متوقفة.
error-channel_unknown = لا توجد قناة كهذه.
error-address_invalid = هذا العنوان أو الرقم غير صحيح.
error-chat_taken = استلم شخص آخر هذه الدردشة.
error-chat_over = انتهت هذه الدردشة.
error-chat_limit = لا مكان لدردشة أخرى.
error-agent_away = هذا الشخص غير متاح.
error-pass_self = هذه الدردشة لديك بالفعل.
error-pass_target = اختر موظفًا أو فريقًا.
error-chat_none = لا توجد دردشة في هذه المحادثة.
error-name_missing = الاسم ناقص.
error-brand_unknown = هذه العلامة غير موجودة.
error-team_unknown = هذا الفريق غير موجود.

## Trust in mail
mark-sender-forged = يقول نطاق المرسل إن هذه الرسالة ليست منه. لا تثق بمحتواها.
mark-looks-like-name = الاسم لشخص من عندكم، لكن العنوان غريب.
mark-looks-like-domain = نطاق المرسل يشبه نطاقكم فحسب.
mark-address-in-name = يُظهر الاسم عنوانًا غير الذي جاءت منه الرسالة.
mark-reply-to-elsewhere = سيذهب الرد إلى صندوق غير صندوق المرسل. تحقق قبل أن تدفع أو تكشف شيئًا.
mark-risky-file = ملف في هذه الرسالة قد يشغّل برامج. لا تفتحه إلا إن كنت تتوقعه.
mark-not-scanned = لم تُفحص هذه الرسالة بحثًا عن الفيروسات.
mark-virus = عُثر في هذه الرسالة على فيروس.
trust-details = من أرسل هذه الرسالة
trust-proven = المرسل مُثبت
trust-unproven = المرسل غير مُثبت
trust-forged = المرسل مزوَّر على الأرجح
trust-unknown = لم يُتحقق من المرسل
pictures-hidden = لا تُعرض الصور من خوادم أخرى: ستخبر المرسل بأنك قرأت الرسالة.
pictures-show = عرض الصور
pictures-always = دائمًا من هذا المرسل
rail-quarantine-count = الحجر، { $n } في الانتظار
error-trust_not_known = لم يُتحقق من شيء عند وصول هذه الرسالة.
error-picture_not_in_mail = ليست هذه الصورة في الرسالة.
error-picture_kind = ليست هذه صورة يمكن عرضها بأمان.
error-outward_refused = لا يقدّم الخادم الآخر هذا.
error-outward_circle = يرسل الخادم الآخر من عنوان إلى آخر.
error-outward_address = لا يُجلب هذا العنوان.
error-outward_large = هذا أكبر مما يُجلب.
error-outward_failed = تعذّر الوصول إلى الخادم الآخر.
error-allowed_not_found = لم يعد هذا المرسل بين المسموح لهم.
