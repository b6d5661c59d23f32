# ما لا يمكن عرضه من الرسالة، وكيف حُميت، والرسالة كما وصلت.

original-title = الرسالة الأصلية
original-show = عرض الأصل
original-of = من { $sender }، { $size }
original-of-nobody = { $size }
original-fields = حقول الترويسة
original-source = المصدر
original-cut = تُعرض أول 256 كيلوبايت فقط. التنزيل يحوي كل شيء.
original-download = تنزيل بصيغة ‎.eml
original-failed = تعذّر تحميل الأصل

trouble-unreadable = لا يمكن قراءة هذه الرسالة كبريد. الملف المرفق يحويها كما وصلت.
trouble-no-header = ليس لها ترويسة: لا شيء فيها يقول من كتبها ومتى.
trouble-reader-failed = بُنيت بطريقة لا يستطيع البرنامج تفكيكها.
trouble-damaged = جزء من هذه الرسالة لا يمكن عرضه. الأصل يحوي كل ما وصل.
trouble-parts-cut = فيها أجزاء أكثر مما يُعرض هنا.
trouble-text-cut = نصها أطول مما يُعرض هنا.
trouble-too-deep = أجزاؤها متداخلة أكثر من اللازم. ما بداخلها مرفق كما وصل.
trouble-truncated = تنتهي في وسطها: جزؤها الأخير لم يكتمل.
trouble-bad-encoding = بعضها مُرمَّز بطريقة خاطئة. ما أمكن إنقاذه معروض.
trouble-bad-tnef = ملف بصيغة خاصة بـ Outlook ‏(winmail.dat) تالف.
trouble-addresses-cut = لها مستلمون أكثر مما يُحفظ هنا.
trouble-header-cut = ترويستها أطول مما يُقرأ هنا.
trouble-odd-letters = بعض الحروف لا تُقرأ، لأن الرسالة تذكر مجموعة محارف خاطئة.
trouble-signed = موقّعة من المرسل. لم يُتحقق من التوقيع.
trouble-encrypted = مشفّرة: لا يمكن قراءة محتواها هنا. الملف المرفق يحويه.
trouble-sealed = محتواها داخل توقيع ولا يُفتح هنا. الملف المرفق يحويه.
trouble-invitation = دعوة. ملف التقويم المرفق يفتحها في تقويم.
trouble-invitation-cancelled = أُلغي موعد.
trouble-calendar-reply = رد على دعوة.
trouble-calendar-event = معها موعد في التقويم.
