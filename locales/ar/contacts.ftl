# التسجيل وإعادة التوجيه والدمج والحظر: كلمات تصل مع الأجزاء المحمّلة عند الحاجة.

## التسجيل يدويًا
contact-why = يبقى في المحادثة ولا يُرسَل شيء.
contact-direction = الاتجاه
contact-when = متى
contact-duration = المدة
contact-duration-hint = 12 د
contact-duration-wrong = تُكتب المدة هكذا: 12 أو 1:30 أو 1h 20m.
contact-hint = ما قيل، أو ما في الرسالة…
contact-log = تسجيل
contact-log-solve = تسجيل وحل
contact-who = من
contact-who-hint = اسم أو رقم أو عنوان
contact-subject-hint = من أولى الكلمات إن بقي فارغًا
done-logged = سُجّل التواصل
start-by-email = بريد
start-by-voice = مكالمة
start-by-walk-in = زيارة
start-by-letter = رسالة ورقية
start-new-person = الاسم، إن كنت تعرفه

## إعادة التوجيه
forward-to-hint = عنوان الطرف الثالث
forward-to-one = إعادة التوجيه تكون إلى عنوان واحد.
forward-quoted = { $n ->
    [0] لا اقتباس
    [one] رسالة واحدة مقتبسة
    [two] رسالتان مقتبستان
    [few] { $n } رسائل مقتبسة
    [many] { $n } رسالة مقتبسة
   *[other] { $n } رسالة مقتبسة
}
forward-hint = بضع كلمات لهم…
forward-files = مع الملفات
forward-hold = تعليق المحادثة
forward-send = إعادة توجيه
side-send = إرسال على الهامش
side-answer-to = الرد على { $name }

## العميل
timeline = الخط الزمني
timeline-message-received = كتب عبر { $channel }
timeline-contact-logged = سُجّل تواصل ({ $channel })
more-conversations = محادثات أخرى
more-timeline = أقدم
customer-more = المزيد عن هذا العميل
merge = دمج
merge-open = الدمج مع عميل آخر…
merge-title = دمج عميلين
merge-why = تجتمع المحادثات والعناوين والملاحظات، ويمكنك التراجع.
merge-with = مع
merge-keep = من يبقى
merge-stays = يبقى: اسمه ولغته هما المعتمدان
merge-goes = يُدمج في الآخر
merged-from = دُمج من: { $names }
done-merged = صار { $name } جزءًا من { $into }
block-sender = حظر المرسل
unblock = رفع الحظر
blocked-told = محظور: لا يفتح شيء من هنا محادثة ولا ينبّه أحدًا.

## المحظور
blocked-kept = الحجر
blocked-senders = المرسلون
blocked-none = لا شيء محجوز
blocked-nobody = لا أحد محظور
blocked-why = ما يكتبه المحظورون يُحفظ هنا بلا قراءة ولا رد.
blocked-release = السماح بالدخول
blocked-released = سُمح به
blocked-head-only = حُفظ رأسها فقط
more-blocked = المزيد
done-released = سُمح به، ويصير الآن رسالة
done-lifted = يصل { $value } من جديد
block-email = عنوان
block-phone = رقم
block-chat = زائر الدردشة
block-social = حساب
block-postal = عنوان بريدي
block-external = حساب في نظام آخر
block-domain = النطاق كله

# Refusals
error-side_to_customer = هذا العنوان للعميل. أجب بدلًا من إعادة التوجيه.
error-quote_note = الملاحظات وما أُرسل إلى أطراف أخرى لا يُعاد توجيهها أبدًا.
error-quote_unknown = إحدى الرسائل المختارة لم تعد موجودة.
error-quotes_too_many = هذه رسائل كثيرة لبريد واحد.
error-quote_too_large = هذه الرسائل أطول من أن تسعها رسالة واحدة. اختر أقل.
error-attachments_too_large = هذه الملفات أكثر مما تتسع له رسالة واحدة.
error-contact_in_future = هذا الوقت لم يأتِ بعد.
error-contact_too_old = مضى على هذا أكثر من عشر سنوات.
error-duration_invalid = لا يدوم الاتصال أكثر من يوم.
error-requester_missing = من كان؟ يكفي اسم أو رقم أو عنوان.
