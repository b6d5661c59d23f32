# الحساب والأشخاص والبريد ومساحة العمل في الإعدادات، بالعربية.

## الخطوات الأولى
settings-group-start = البداية
panel-first-steps = الخطوات الأولى
steps-intro = ما تحتاجه { $workspace } قبل الرد على العملاء. تتحقق القائمة من الحال الفعلي.
steps-done = أُنجز { $done } من { $all }
steps-all = اكتمل كل شيء. يستطيع فريقك أن يبدأ.
step-is-done = تم
step-is-unknown = تعذّر التحقق
step-do = إعداد
step-look = عرض
step-mailbox = اربط صندوق بريد
step-mailbox-why = يصبح البريد المرسل إلى عنوانك محادثات.
steps-unnamed = يقرأ العملاء اسمك بجانب ردودك، وما زال «{ $name }».
steps-unnamed-do = اكتب اسمك
step-outgoing = أعدّ البريد الصادر واختبره
step-outgoing-why = تخرج الردود والدعوات عبر خادم بريدك.
step-outgoing-half = لم يُختبر من هذا المتصفح
step-team = أنشئ فريقًا
step-team-why = تذهب المحادثات والدردشات أولًا إلى فريق، مثل «الطلبات».
step-hours = حدّد ساعات الفريق
step-hours-why = تخبر الدردشة بصدق متى تعودون.
step-colleagues = ادعُ زملاءك
step-colleagues-why = يعمل كل شخص بحسابه الخاص.
step-colleagues-half = دُعوا ولم يصلوا بعد
step-widget = ضع الدردشة على موقعك
step-widget-why = سطر واحد من الشيفرة، ويستطيع الزوار الكتابة إليك. ترنّ الدردشات لدى المتاحين: فقاعة الكلام بجانب صورتك.

## الحساب: الملف الشخصي
panel-people-profile = الملف الشخصي
profile-intro = كيف يراك الزملاء والعملاء. تسري هذه الإعدادات على كل أجهزتك.
profile-name = اسمك
profile-name-why = يقرؤه العملاء تحت ردودك.
profile-email-why = تسجّل الدخول به. لا يمكن تغييره.
profile-locale = لغتك
profile-locale-why = لغة مكتبك. لا يلاحظها العملاء.
profile-zone = منطقتك الزمنية
profile-zone-why = تُعرض الأوقات بهذه المنطقة.
profile-preferences = مظهر هذا الجهاز وكثافته ومفاتيحه
as-workspace = مثل مساحة العمل
done-profile = حُفظ الملف الشخصي

## Account: notifications
panel-notifications-mail = الإشعارات بالبريد
notifications-intro = ما يصلك على { $address } وأنت بعيد عن مكتبك. ما يحدث خلال دقيقتين يُجمع في رسالة واحدة، ولا يصلك شيء عمّا فعلته بنفسك.
notifications-when = أخبرني عندما
notifications-mentioned = يُشار إليّ في ملاحظة
notifications-assigned = تُسند إليّ محادثة
notifications-replied = يكتب عميل في محادثة لي
notifications-unassigned = تبدأ في أحد فرقي محادثة لم يتولّها أحد
notifications-unassigned-why = تصل إلى كل من اختارها في الفريق، إلا إذا تولّى أحدهم المحادثة فورًا.
notifications-undelivered = لا يصل رد أرسلته بالبريد
notifications-nothing = لن يصلك شيء بالبريد.
notifications-desk = وأنت هنا
notifications-at-desk = أيضًا ومكتبي مفتوح في مكان ما
notifications-at-desk-why = وإلا فيكفي المكتب ما دام أمامك لا خلف ألسنة أخرى. فإذا تركته وصلك ما جاء في الساعة الأخيرة ولم تقرأه بعد.
notifications-back = عندما تجيب على رسالة كهذه
notifications-back-note = يصير جوابك ملاحظة داخلية لا يراها العميل أبدًا.
notifications-back-answer = للرد على العميل اكتب إلى العنوان الآخر المذكور في الرسالة، ويُرسل باسمك دون توقيعك ودون المقتبس.
notifications-back-parked = يجب أن تأتي من عنوانك، وأن يثبت بريد شركتك أنها منك (SPF وDKIM وDMARC). وما فيه شك لا يُرسل، بل يبقى في المحادثة مع السبب.
done-notifications = حُفظت الإشعارات

## الحساب: الأمان
panel-people-security = كلمة المرور والجلسات
security-intro = كيف تسجّل الدخول، وأين أنت مسجّل الآن.
password-change = تغيير كلمة المرور
password-change-why = تبقى مسجّلًا هنا. وعلى كل متصفح آخر تسجيل الدخول من جديد.
password-current = كلمة المرور الحالية
password-save = غيّر كلمة المرور
done-password = تغيّرت كلمة المرور
sessions = أين أنت مسجّل
sessions-why = إذا لم تعرف إحداها فأنهها وغيّر كلمة المرور.
session-this = هذا المتصفح
session-unknown = جهاز مجهول
session-since = منذ { $when }
session-seen = آخر ظهور { $when }
session-end = تسجيل الخروج
session-end-named = تسجيل الخروج من { $name }
sessions-end-others = تسجيل الخروج من كل مكان آخر
done-session = سُجّل خروج ذلك المتصفح
done-sessions = سُجّل خروجك من كل مكان آخر

## الحساب: رموز الواجهة البرمجية
panel-people-tokens = رموز الواجهة البرمجية
tokens-intro = بالرمز يعمل برنامج باسمك، بكل ما يحق لك.
tokens-none = لا رموز بعد
tokens-none-text = تحتاج إلى رمز فقط إذا تخاطب برنامج لك مع Rapport.
token-new = رمز جديد
token-name = الغرض منه
token-name-why = اسم تعرفه به لاحقًا، مثل «قائمة المخزون».
token-make = أنشئ رمزًا
token-made = الرمز «{ $name }»
token-once = احفظه الآن في مكان آمن. لن يُعرض مرة أخرى.
token-since = أُنشئ في { $date }
token-drop = إلغاء
token-drop-named = إلغاء { $name }
token-drop-yes = إلغاء نهائي
token-drop-why = يتوقف البرنامج الذي يستعمله فورًا. لا يمكن التراجع.
done-token-dropped = لم يعد الرمز صالحًا

## مساحة العمل
panel-people-workspace = مساحة العمل
workspace-intro = ما يسري على كل من لم يحدد شيئًا لنفسه.
workspace-name = الاسم
workspace-name-why = يظهر في الدعوات وعند تسجيل الدخول، أي شركتك أو متجرك.
workspace-locale = اللغة
workspace-locale-why = رسائل Rapport نفسه، ومكتب الموظفين الذين لا لغة خاصة لهم.
workspace-zone = المنطقة الزمنية
workspace-zone-why = أوقات الموظفين الذين لا منطقة خاصة لهم.
done-workspace = حُفظت مساحة العمل

## قواعد المحادثات
panel-conversations-rules = قواعد المحادثات
rules-intro = ما يحدث للردود قبل خروجها، وللمحادثات بعد حلها.
rules-undo = الثواني التي يمكن فيها سحب الرد
rules-undo-why = ينتظر كل رد بالبريد هذه المدة قبل خروجه. الصفر يرسل فورًا، والحد الأقصى 60.
rules-close = الأيام حتى تُغلق المحادثة المحلولة
rules-close-why = حتى ذلك الحين يعيد الرد فتحها. وبعده يبدأ الرد محادثة جديدة.
done-rules = حُفظت القواعد

## الموظفون
panel-people-agents = الموظفون
agents-intro = كل من يعمل هنا، وما يحق له.
agents-all = { $n ->
    [zero] لا موظفين
    [one] موظف واحد
    [two] موظفان
    [few] { $n } موظفين
    [many] { $n } موظفًا
   *[other] { $n } موظف
}
agents-filter = اسم أو عنوان
agents-invite = دعوة زميل
agents-invite-why = يتلقى رسالة فيها رابط، ويختار كلمة مرور ويبدأ. يصلح الرابط 7 أيام.
agents-invite-teams = الفرق التي ينضم إليها
agents-invite-do = أرسل الدعوة
agents-invite-waits = لم يُحدَّد خادم للبريد الصادر بعد. تنتظر الدعوة حتى يوجد.
agents-pending = دُعوا ولم يصلوا بعد
agents-pending-why = الدعوة المسحوبة لا تعود صالحة.
agent-role = الدور
agent-role-why = ما يحق له. يمكنك تغييره في أي وقت.
agent-role-of = دور { $name }
agent-until = حتى { $date }
agent-take-back = سحب
agent-take-back-named = سحب دعوة { $name }
agent-inactive = معطّل
agent-deactivate = تعطيل
agent-deactivate-named = تعطيل { $name }
agent-deactivate-why = من يُعطَّل يُسجَّل خروجه فورًا ولا يستطيع الدخول. ويبقى ما كتبه، ويمكنك تفعيله من جديد.
agent-activate = تفعيل
agent-activate-named = تفعيل { $name }
done-invited = الدعوة إلى { $email } في طريقها
done-invitation-back = سُحبت الدعوة إلى { $email }
done-agent-role = تغيّر دور { $name }
done-agent-out = عُطّل { $name }
done-agent-in = فُعّل { $name } من جديد

## الفرق والعلامات
panel-people-teams = الفرق
teams-intro = الفريق هم من يهتمون بنوع من الأسئلة. يمكن أن تذهب إليه المحادثات والدردشات أولًا.
teams-new = فريق جديد
teams-name-why = يراه زملاؤك فقط، مثل «الطلبات» أو «الورشة».
teams-make = أنشئ الفريق
teams-none = لا فرق بعد
done-teams-made = أُنشئ الفريق «{ $name }». اختر الآن أعضاءه.
panel-people-brands = العلامات
brands-intro = العلامة وجه أمام العملاء، بصناديق بريد ودردشات خاصة. تكفي معظم المتاجر علامة واحدة.
brands-new = علامة جديدة
brands-name-why = يقرؤه العملاء، أي اسم المتجر.
brands-make = أنشئ العلامة
brands-none = لا علامات بعد
done-brands-made = أُنشئت العلامة «{ $name }»
brand-usual = المعتادة
brand-usual-why = ما لا يذكر علامة أخرى ينتمي إلى هذه.
brand-members = الأشخاص
brand-members-of = الأشخاص في { $name }
group-members = الأعضاء
group-members-of = أعضاء { $name }
group-rename = إعادة تسمية
group-rename-named = إعادة تسمية { $name }
group-new-name = اسم جديد لـ { $name }
group-archive = أرشفة
group-archive-named = أرشفة { $name }
group-archive-why = المؤرشف يحتفظ بما لديه ولا يُعرض للاختيار. ويمكنك إعادته.
group-archived = مؤرشف
group-restore = إعادة
group-restore-named = إعادة { $name }
done-renamed = صار الاسم «{ $name }»
done-archived = أُرشف «{ $name }»
done-restored = عاد «{ $name }»
done-members = حُفظ أعضاء «{ $name }»

## الأدوار
panel-people-roles = الأدوار
roles-intro = يقول الدور ما يحق لشخص وأي محادثات يرى. تأتي أربعة مع Rapport؛ وأنشئ أدوارك إن لم تناسبك.
role-new = دور جديد
role-name-why = مثل «مساعد مؤقت».
role-may = يحق له
role-reach = يرى
role-everything = كل شيء
role-nothing = لا شيء
role-built-in = مدمج
role-built-in-why = الأدوار التي تأتي مع Rapport تبقى كما هي. أنشئ دورًا لك إن أردت غيرها.
role-look = عرض
role-look-named = عرض { $name }
role-change = تغيير
role-change-named = تغيير { $name }
role-of = { $n } من { $all }
role-name-owner = المالك
role-name-admin = مدير
role-name-agent = موظف
role-name-light_agent = موظف مطّلع
reach-all = كل المحادثات
reach-all-why = كل ما في مساحة العمل.
reach-teams = محادثات فرقه
reach-teams-why = ما ينتمي إلى فريق هو فيه، وما أُسند إليه.
reach-brands = محادثات علاماته
reach-brands-why = ما ينتمي إلى علامة يعمل لها، وما أُسند إليه.
reach-own = محادثاته فقط
reach-own-why = ما أُسند إليه فقط.
grant-agent = الموظفون
grant-brand = العلامات
grant-chat = الدردشة ونوافذها
grant-company = الشركات
grant-conversation = المحادثات
grant-customer = العملاء
grant-email = صناديق البريد والبريد الصادر
grant-invitation = الدعوات
grant-message = الرسائل
grant-role = الأدوار
grant-team = الفرق وساعاتها
grant-token = رموزه البرمجية
grant-workspace = مساحة العمل
done-role = حُفظ الدور «{ $name }»
done-role-made = أُنشئ الدور «{ $name }»

## صناديق البريد
panel-email-mailboxes = صناديق البريد
mailboxes-intro = العناوين التي يكتب إليها عملاؤك. كل رسالة إلى أحدها تصبح محادثة.
mailboxes-none = لا صناديق بريد بعد
mailboxes-none-text = أضف العنوان الذي يعرفه عملاؤك.
mailbox-new = إضافة عنوان
mailbox-new-why = تخرج الردود من العنوان الذي كتب إليه العميل.
mailbox-add = أضف العنوان
mailbox-address = العنوان
mailbox-address-why = كما يعرفه العملاء، مثل support@your-shop.example.
mailbox-name = اسم المرسل
mailbox-name-why = يقرؤه العملاء بجانب العنوان. وإن تُرك فارغًا ظهر العنوان وحده.
mailbox-team = الفريق
mailbox-team-why = تذهب المحادثات الجديدة إلى هذا الفريق.
mailbox-no-team = بلا فريق
mailbox-brand = العلامة
mailbox-brand-why = تحمل المحادثات الجديدة هذه العلامة.
mailbox-usual-brand = المعتادة
mailbox-change = تغيير
mailbox-change-named = تغيير { $address }
mailbox-remove = إزالة
mailbox-remove-named = إزالة { $address }
mailbox-remove-why = يُرفض البريد إلى العنوان المُزال من حينها. وتبقى المحادثات التي جاءت عبره.
mailbox-forward = كيف يصل البريد إلى هنا
mailbox-forward-why = إضافة العنوان نصف العمل. والنصف الآخر مرة واحدة على خادم البريد الذي لديه نطاقك. تكفي إحدى الطريقتين:
mailbox-forward-relay = حوّل بريد العنوان إلى هذا الخادم عبر SMTP. ومن يشغّله يفتح المنفذ بالخيار ‎--smtp-listen‎.
mailbox-forward-pipe = أو إن كان خادم البريد على الجهاز نفسه فمرّر الرسالة إلى هذا الأمر:
mailbox-forward-try = جرّب: اكتب إلى العنوان من مكان آخر. تظهر الرسالة خلال ثوانٍ في غير المسندة؛ وإن لم تظهر فانظر في البريد الموقوف.
mailbox-incoming = الوارد
mailbox-incoming-named = الوارد: كيف يصل البريد إلى { $address }
mailbox-forward-fetch = دعه يُجلب من الصندوق الذي لديك: اضغط «الوارد» بجانب العنوان.
source-title = يُجلب من صندوق بريد
source-why = يجلب Rapport الجديد ويدع الباقي كما هو. لا ردّ تلقائيًا على البريد السابق ولا إشعار لأحد به.
source-provider = المزوّد
source-provider-why = يملأ بيانات الخادم. اسم المستخدم هو العنوان كاملًا في الغالب.
source-provider-other = مزوّد آخر
source-app-password = يطلب { $name } كلمة مرور مخصصة لبرنامج واحد: أنشئها في حسابك هناك وأدخلها أدناه.
source-protocol = البروتوكول
source-host = الخادم
source-password-kept = اتركها فارغة للإبقاء على كلمة المرور المحفوظة.
source-which = أي الرسائل
source-from-now = البريد الجديد من الآن
source-from-now-why = يبقى ما هو هناك في مكانه.
source-history = والبريد السابق أيضًا
source-history-why = يُحفظ بتواريخه كمحادثات محلولة. ولا يُشعر أحد.
source-history-days = عدد الأيام السابقة
source-afterwards = البريد المجلوب على الخادم
source-keep = يبقى كما هو
source-keep-why = لا تتغيّر حتى علامة واحدة.
source-seen = يُعلَّم مقروءًا
source-seen-why = تعرضه البرامج الأخرى مقروءًا.
source-move = يُنقل إلى مجلد
source-move-why = يبقى الوارد هناك فارغًا.
source-delete = يُحذف لاحقًا
source-delete-why = ما جُلب فقط، بعد هذه الأيام.
source-move-to = المجلد
source-keep-days = الأيام حتى الحذف
source-folder = المجلدات
source-folder-why = هو INBOX في الغالب. وتفصل الفاصلة (,) بين عدة مجلدات؛ والاسم الذي فيه فاصلة يوضع بين علامتي اقتباس: "A, B".
source-sent = مجلد البريد المرسل
source-sent-why = ما يُرسل من برنامج بريدك يُحفظ في محادثته. والفراغ يتركه.
source-look = اختبار ومعاينة
source-looking = ينظر…
source-connect = اربط
source-opens = فُتح الصندوق.
source-mails = { $n ->
    [0] لا رسائل فيه.
    [one] فيه رسالة واحدة.
    [two] فيه رسالتان.
    [few] فيه { $n } رسائل.
   *[other] فيه { $n } رسالة.
}
source-tells = يصل البريد الجديد خلال ثوانٍ.
source-looks = يصل البريد الجديد خلال دقيقة.
source-takes-none = لن يؤخذ شيء منها: 0 محادثات و0 ردود.
source-takes-some = تُحفظ رسائل الأيام المختارة كمحلولة؛ ولا يستطيع هذا الخادم ذكر عددها.
source-takes = { $n ->
    [one] رسالة واحدة منها من آخر { $days } يومًا وستُحفظ كمحلولة.
   *[other] { $n } منها من آخر { $days } يومًا وستُحفظ كمحلولة.
}
source-is-well = يُجلب
source-is-fresh = مربوط
source-is-waiting = يلحق
source-is-failing = لا يُجلب
source-is-hook = يُسلَّم
source-failing = لم يُجلب منذ { $since }
source-failing-now = تعذّر الجلب
source-server = الخادم
source-fetched = آخر نظرة
source-never = ليس بعد
source-newest = أحدث رسالة
source-none-yet = لا شيء بعد
source-waiting = ينتظر هناك
source-waiting-n = { $n ->
    [0] لا شيء
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $n } رسائل
   *[other] { $n } رسالة
}
source-unfetched = تعذّر جلبه
source-unfetched-n = { $n ->
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $n } رسائل
   *[other] { $n } رسالة
}
source-fetch-now = اجلب الآن
source-change = تغيير
source-disconnect = أوقف الجلب
done-source = رُبط { $host }
done-fetching = يجري الجلب
done-disconnected = لم يعد بريد { $address } يُجلب
hook-title = يسلّمه مزوّد
hook-why = يرسل مزوّد البريد كل رسالة كما وصلت (message/rfc822) إلى عنوان خاص.
hook-make = أنشئ العنوان
hook-renew = أنشئ عنوانًا جديدًا
hook-remove = اسحبه
hook-url = أرسل البريد إلى هنا
hook-once = يظهر هذه المرة فقط. والجديد ينهي القديم.
hook-url-signed = يُعرض هذه المرة فقط. العنوان وحده لا يكفي: يجب توقيع كل رسالة.
hook-key = مفتاح التوقيع
hook-key-once = يُعرض هذه المرة فقط. تطلبه مكتبات Standard Webhooks بصيغة base64 بعد «whsec_».
hook-signed = يجب توقيع كل رسالة
hook-signed-why = بخوارزمية HMAC-SHA256 مع الوقت (Standard Webhooks). يُرفض ما مضى عليه أكثر من خمس دقائق، ولا يُحفظ مرة أخرى ما سبق قبوله. عند الإيقاف يستطيع كل من يعرف العنوان تسليم البريد.
hook-is-signed = يجب توقيع كل رسالة.
hook-is-plain = كل من يعرف العنوان يستطيع تسليم البريد.
hook-example = للتجربة برسالة في ملف:
hook-example-copy = نسخ الأمر
hook-since = أُنشئ { $when }.
hook-used = آخر استخدام { $when }.
hook-unused = لم يُستخدم بعد.
done-hook-removed = لم يعد العنوان يقبل بريدًا
done-mailbox = أُضيف { $address }. اختر الآن كيف يصل بريده إلى هنا.
done-mailbox-saved = حُفظ { $address }
done-mailbox-removed = أُزيل { $address }

## البريد الصادر
panel-email-outgoing = البريد الصادر
outgoing-intro = الخادم الذي تخرج عبره الردود والدعوات والإشعارات. بعد حفظه يمكنك إرسال رسالة اختبار.
outgoing-not-set = لم يُحدَّد خادم بعد. وحتى ذلك الحين تنتظر الردود ولا يخرج شيء.
outgoing-server = الخادم
outgoing-host = اسم الخادم
outgoing-host-why = يسمّيه مزوّد بريدك «خادم SMTP» أو «البريد الصادر».
outgoing-port = المنفذ
outgoing-port-why = يتغير مع الحماية. المعتاد 587.
outgoing-security = الحماية
outgoing-starttls = STARTTLS
outgoing-starttls-why = يبدأ مكشوفًا ثم يجب أن يُشفَّر، وإلا لا يُرسل شيء. معتاد مع المنفذ 587.
outgoing-tls = TLS من البداية
outgoing-tls-why = مشفّر من أول بايت. معتاد مع المنفذ 465.
outgoing-none = بلا حماية
outgoing-none-why = مكشوف. فقط لخادم على الجهاز نفسه.
outgoing-account = الحساب
outgoing-username = اسم المستخدم
outgoing-username-why = غالبًا العنوان كاملًا. اتركه فارغًا إن لم يطلبه الخادم.
outgoing-password = كلمة المرور
outgoing-password-why = تُحفظ مشفّرة ولا تُعرض مرة أخرى.
outgoing-password-kept = هناك كلمة محفوظة. اتركه فارغًا للإبقاء عليها.
outgoing-password-lost = كلمة المرور المحفوظة تخص الخادم واسم المستخدم السابقين. اكتبها من جديد.
outgoing-forget = انسَ كلمة المرور المحفوظة
outgoing-from = المرسل المعتاد
outgoing-from-why = تأتي الدعوات والإشعارات من هذا الصندوق. وتأتي الردود من الصندوق الذي كتب إليه العميل.
outgoing-from-first = أول صندوق بريد
outgoing-more = شهادة خاصة
outgoing-certificate = شهادة موثوقة إضافية (PEM)
outgoing-certificate-why = فقط لخادم لم توقّع شهادته جهة معروفة.
outgoing-test = إرسال رسالة اختبار
outgoing-test-why = يرسل فعلًا، ويعرض جواب الخادم.
outgoing-test-to = إلى
outgoing-test-do = أرسل الاختبار
outgoing-test-save = احفظ أولًا: يستعمل الاختبار ما حُفظ.
outgoing-testing = جارٍ الإرسال…
outgoing-said = جواب الخادم:
outgoing-fate-taken = قبل الخادم الرسالة. تحقق من وصولها.
outgoing-fate-postponed = ليس الآن: تعذّر الوصول إلى الخادم، أو أنه يطلب المحاولة لاحقًا.
outgoing-fate-refused = رفض الخادم الرسالة.
outgoing-fate-unclear = انقطع الاتصال. ليس مؤكدًا أن الرسالة قُبلت.
done-outgoing = حُفظ البريد الصادر

## البريد الموقوف
panel-email-parked = البريد الموقوف
panel-email-trust = الثقة والبريد المزعج
parked-intro = بريد وأعمال أخرى فشلت مرة بعد مرة. لم يضع شيء: أصلح السبب ثم أعد المحاولة.
parked-look = انظر مجددًا
parked-none = لا شيء موقوف
parked-none-text = عولج كل ما وصل.
parked-from = بريد من { $sender }
parked-to = إلى { $to }
parked-job = العمل «{ $job }»
parked-cause = { $n ->
    [zero] لم يُجرَّب:
    [one] جُرّب مرة واحدة:
    [two] جُرّب مرتين:
    [few] جُرّب { $n } مرات:
    [many] جُرّب { $n } مرة:
   *[other] جُرّب { $n } مرة:
}
parked-no-cause = السبب غير معروف
parked-raw = الأصل
parked-raw-named = تنزيل الأصل: { $name }
parked-retry-named = حاول مجدداً: { $name }
parked-give-up = تخلَّ عنه
parked-give-up-named = تخلَّ عنه: { $name }
done-given-up = لن يُحاوَل بعد الآن
unfetched-title = بريد تعذّر جلبه
unfetched-why = ما زال على الخادم الآخر، وقد جُلب كل ما بعده. يُحاوَل مجددًا تلقائيًا وعلى فترات أطول.
unfetched-retry-named = حاول مجدداً: رسالة إلى { $address }
unfetched-leave = دعه هناك
unfetched-leave-named = دعه هناك: رسالة إلى { $address }
done-left-there = يبقى على الخادم
done-retried = تُعاد المحاولة

## ما يرفضه الخادم هنا
error-email_taken = هناك موظف بهذا العنوان.
error-email_invalid = هذا ليس عنوان بريد.
error-name_long = هذا الاسم طويل جدًا.
error-agent_not_found = لم يعد هذا الموظف موجودًا.
error-role_not_found = لم يعد هذا الدور موجودًا.
error-role_exists = هناك دور بهذا الاسم.
error-role_built_in = لا يمكن تغيير الأدوار التي تأتي مع Rapport.
error-grants_invalid = إحدى هذه الصلاحيات غير موجودة.
error-too_many_members = هؤلاء كثيرون: الحد الأقصى 1000.
error-too_many_teams = يكون الموظف في 100 فريق على الأكثر.
error-session_not_found = انتهت هذه الجلسة من قبل.
error-token_not_found = لم يعد هذا الرمز موجودًا.
error-source_unreachable = خادم البريد لا يجيب. تحقق من اسمه ومنفذه ومن وجود جدار ناري بينهما.
error-source_untrusted = شهادة الخادم غير موثوقة. تحقق من اسم الخادم أو أدخل شهادته.
error-source_no_starttls = لا يوفّر الخادم STARTTLS على هذا المنفذ. جرّب TLS على منفذ آخر.
error-source_login = يرفض الخادم اسم المستخدم أو كلمة المرور. يطلب بعض المزوّدين كلمة مرور مخصصة لبرنامج واحد.
error-source_grant = يرفض الخادم الوصول الممنوح. سجّل الدخول من جديد بحساب يحق له فتح هذا الصندوق.
error-source_grant_host = هذا الخادم لا يتبع المزوّد الذي منح الوصول. لا تراه إلا خوادم المزوّد نفسه.
error-source_no_grants = لا يقبل هذا الخادم سوى كلمات المرور. أدخل اسم المستخدم وكلمة المرور.
error-source_broken = انقطع الاتصال بالخادم. سيُحاوَل مجددًا تلقائيًا.
error-source_unwilling = يرفض الخادم ما طُلب منه. قد تقول كلماته السبب.
error-source_folder = لا مجلد بهذا الاسم على الخادم.
error-source_host = سمِّ خادم البريد، مثل imap.example.com.
error-source_port = المنفذ بين 1 و65535.
error-source_username = أدخل اسم مستخدم الصندوق.
error-source_password = لا يمكن أن تكون هذه كلمة مرور.
error-source_password_missing = أدخل كلمة المرور.
error-source_clear = لا تُرسل كلمة المرور إلا عبر TLS أو إلى هذا الجهاز نفسه.
error-source_pop3 = لا يعرف POP3 مجلدات ولا علامات. استخدم IMAP لذلك.
error-source_folders = سمِّ 20 مجلدًا على الأكثر كما يسميها الخادم.
error-source_move_to = سمِّ المجلد الذي يُنقل إليه البريد المجلوب.
error-source_move_round = يُجلب البريد من هذا المجلد. سمِّ غيره.
error-source_keep_days = هذا عدد أيام حتى 3650.
error-source_history_days = هذا عدد أيام حتى 36500.
error-source_not_found = لم يعد هذا الصندوق يُجلب.
error-hook_not_found = لم يعد هذا العنوان موجودًا.
error-unfetched_not_found = لم تعد هذه الرسالة تنتظر.
error-job_not_found = لم يعد هذا موقوفًا.
error-no_certificates = لا يعرف هذا النظام أي سلطة شهادات. ثبّت الحزمة ca-certificates.
error-mailbox_exists = هذا العنوان مستعمل.
error-mailbox_not_found = لم يعد هذا الصندوق موجودًا.
error-no_mailbox = أضف صندوق بريد أولًا: منه يخرج البريد.
error-no_outgoing = حدّد خادم البريد الصادر أولًا.
error-outgoing_not_set = لم يُحدَّد خادم للبريد الصادر بعد.
error-trusted_certificate = تعذّرت قراءة هذه الشهادة.
error-setting_invalid = إحدى هذه القيم غير ممكنة.

# Refusals
error-team_exists = يوجد فريق بهذا الاسم بالفعل.
error-brand_exists = توجد علامة تجارية بهذا الاسم بالفعل.
error-brand_usual = كل ما لا يذكر علامة أخرى يتبع هذه العلامة، لذلك تبقى.
error-password_wrong = هذه ليست كلمة مرورك الحالية.
error-password_not_yours = سجّل الدخول لتغيير كلمة مرورك.
error-time_zone_invalid = تُكتب المنطقة الزمنية مثل Europe/Berlin.
error-locale_invalid = تُكتب اللغة مثل en أو de أو pt-BR.
error-last_owner = يجب أن يبقى مالك نشط واحد على الأقل.
error-role_too_strong = هذا الدور يسمح بأكثر مما يسمح به دورك.
error-origin_invalid = يُكتب العنوان مثل https://shop.example دون مسار.
error-color_invalid = يُكتب اللون مثل ‎#3a34c9.
error-form_invalid = هناك خطأ في النموذج.
error-widget_not_found = لم تعد نافذة الدردشة هذه موجودة.
error-privacy_url_invalid = يبدأ العنوان بـ https://.
error-schedule_invalid = هذه الأوقات غير صحيحة.
