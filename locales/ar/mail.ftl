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

# ما أُعيد توجيهه
trouble-forwarded-by = أعاد توجيهها { $name } مع ذكر المرسل. لا شيء يثبت أن المرسل كتبها.
trouble-forward-without-sender = أُعيد توجيهها دون ذكر مرسل الرسالة الأصلية، لذلك تظهر هنا باسم من أعاد توجيهها.
trouble-forward-of-ours = الرسالة المعاد توجيهها من رسائلنا، لذلك تظهر هنا باسم من أعاد توجيهها.

# ما يكتبه الموظفون ردًا على إشعار
trouble-by-mail = كُتبت بالبريد.
trouble-mail-parked-not-proven = وصلت بالبريد ولم تُرسل. لم يثبت المرسل: ليس هذا عنوان الموظف، أو أن نطاقه لا يشهد له.
trouble-mail-parked-agent-inactive = وصلت بالبريد ولم تُرسل. حساب الموظف موقوف.
trouble-mail-parked-not-permitted = وصلت بالبريد ولم تُرسل. دور الموظف لا يسمح بذلك.
trouble-mail-parked-not-visible = وصلت بالبريد ولم تُرسل. لم يعد يحق للموظف رؤية هذه المحادثة.
trouble-mail-parked-conversation-deleted = وصلت بالبريد ولم تُرسل. حُذفت المحادثة في الأثناء.
trouble-mail-parked-conversation-spam = وصلت بالبريد ولم تُرسل. المحادثة معلّمة بريدًا مزعجًا.
trouble-mail-parked-conversation-closed = وصلت بالبريد ولم تُرسل. أُغلقت المحادثة نهائيًا.
trouble-mail-parked-nothing-new = وصلت بالبريد ولم تُرسل. لم يكن فيها سوى ما سبق والتوقيع.
trouble-mail-parked-forward = وصلت بالبريد ولم تُرسل. كانت إعادة توجيه، ولا يُعرف ما منها للعميل.
trouble-mail-parked-sealed = وصلت بالبريد ولم تُرسل. هي مشفّرة أو مختومة ولا تُقرأ هنا.
trouble-mail-parked-auto-reply = وصلت بالبريد ولم تُرسل. تبدو ردًا آليًا: مثل هذه الكلمات أو الرد على دعوة قد يأتي من آلة أيضًا.
trouble-mail-parked-damaged = وصلت بالبريد ولم تُرسل. الرسالة تالفة، وقد ينقصها جزء.
trouble-mail-parked-history-unclear = وصلت بالبريد ولم تُرسل. لم يتميز الجديد من المقتبس، وربما خرج كلام داخلي.
trouble-mail-parked-letter-expired = وصلت بالبريد ولم تُرسل. هي رد على إشعار قديم جدًا.
trouble-mail-parked-recipients = وصلت بالبريد ولم تُرسل. ليس واضحًا إلى من يذهب الرد.

# ما كتبته الآلات
trouble-delivery-report = تقرير من خادم بريد عن رسالة لكم. لا يعيد فتح شيء.
trouble-read-receipt = إشعار بالقراءة.
trouble-complaint = يفيد مزود بريد بأن رسالة لكم وُصفت بأنها مزعجة.
trouble-absence = إشعار غياب. لا يعيد فتح شيء.
trouble-auto-reply = رد تلقائي. لا يعيد فتح شيء.
trouble-notice = كتبها برنامج.
trouble-bulk = بريد جماعي.
trouble-rate-limited = واحدة من رسائل كثيرة جداً لهذا المرسل خلال ساعة. حُفظت ولا تحرّك شيئاً.
trouble-acknowledgement = تأكيد أُرسل تلقائياً.

# ما آلت إليه الرسالة
delivery-put-off = لم تصل بعد.
delivery-next = { $n ->
    [zero] لم تُجرَ أي محاولة
    [one] محاولة واحدة حتى الآن
    [two] محاولتان حتى الآن
    [few] { $n } محاولات حتى الآن
   *[other] { $n } محاولة حتى الآن
  }. المحاولة التالية: { $when }.
delivery-hurry = أعد المحاولة الآن
fates = ما آلت إليه
fate-delivered = وصلته.
fate-delayed = لم تصله بعد: ما زالت المحاولة جارية.
fate-failed = لم تصله.
fate-read = فتحها.
fate-complained = أبلغ عنها كبريد مزعج.
fate-words = كلمات الخادم الآخر
cause-user-unknown = لا يوجد عنوان كهذا.
cause-host-unknown = النطاق غير موجود أو لا يستقبل بريداً.
cause-has-moved = تُرك هذا العنوان.
cause-not-accept = النطاق لا يستقبل بريداً إطلاقاً.
cause-suspend = الحساب معطّل.
cause-mailbox-full = صندوق البريد ممتلئ.
cause-mesg-too-big = الرسالة كبيرة جداً.
cause-exceed-limit = الرسالة كبيرة جداً.
cause-filtered = رفضتها قواعد المستلم نفسه.
cause-rejected = رُفض عنوان المرسل لدينا.
cause-blocked = رُفض خادم بريدنا.
cause-bad-reputation = سمعة خادم بريدنا سيئة هناك.
cause-require-ptr = ليس لخادم بريدنا اسم في DNS.
cause-auth-failure = لم يُجتز فحص SPF أو DKIM أو DMARC.
cause-policy-violation = تمنعها قاعدة لدى الطرف الآخر.
cause-spam-detected = عُدّت بريداً مزعجاً.
cause-virus-detected = عُدّت فيروساً.
cause-content-error = لم يُقبل محتواها.
cause-not-compliant-rfc = لم يُقبل شكلها.
cause-security-error = ينقص إذن بالإرسال.
cause-no-relaying = لا يقبل الخادم بريداً لهذا النطاق.
cause-speeding = رسائل كثيرة جداً دفعة واحدة.
cause-too-many-conn = اتصالات كثيرة جداً دفعة واحدة.
cause-network-error = تعذّر الوصول إلى الخادم الآخر.
cause-expired = طالت المحاولة أكثر من اللازم.
cause-system-error = في الخادم الآخر خلل.
cause-system-full = لا مكان في الخادم الآخر.
cause-mailer-error = فشل برنامج لدى الطرف الآخر.
cause-syntax-error = العنوان غير سليم.
cause-on-hold = تنتظر قراراً هناك.
cause-later = يطلب الخادم الآخر المحاولة لاحقاً. يحدث ذلك من تلقاء نفسه.
cause-undefined = لم يُذكر السبب.

# عند الكتابة
as-sent-agent = مع توقيعك
as-sent-brand = مع توقيع العلامة
as-sent-both = مع توقيعك وتوقيع العلامة
as-sent-unsigned = بلا توقيع
as-sent-linked = { $n ->
    [zero] لا يُرسل أي ملف كرابط
    [one] ملف واحد يُرسل كرابط حتى { $date }
    [two] ملفان يُرسلان كرابطين حتى { $date }
    [few] { $n } ملفات تُرسل كروابط حتى { $date }
   *[other] { $n } ملفًا تُرسل كروابط حتى { $date }
  }
as-sent-region = ما يصل إلى العميل
as-sent-failed = تعذّر تحميل المعاينة.

# ملفات أُرسلت كروابط
link-until = أُرسل كرابط حتى { $date }
link-over = انتهى الرابط في { $date }
link-ended = سُحب الرابط
link-ended-again = تبقى الروابط المسحوبة مسحوبة حتى عند إعادة إرسال الرسالة. أرفق الملفات بردٍّ جديد بدلًا من ذلك.
link-end = { $n ->
    [one] اسحب الرابط
   *[other] اسحب الروابط
  }
done-links-ended = لم تعد الروابط تؤدي إلى شيء
error-letter_not_written = لم تُرسل هذه الرسالة بعد.
