# نافذة الدردشة بالعربية.

launcher-open = افتح الدردشة
launcher-close = أغلق الدردشة
launcher-new = افتح الدردشة: توجد رسائل جديدة

status-here = نحن هنا
status-answer = { $minutes ->
    [one] نرد خلال دقيقة تقريبًا
    [two] نرد خلال دقيقتين تقريبًا
    [few] نرد خلال { $minutes } دقائق تقريبًا
   *[other] نرد خلال { $minutes } دقيقة تقريبًا
}
status-busy = لا أحد متفرغ الآن
status-back = نعود { $time }
status-closed = لسنا هنا الآن
status-with = أنت تتحدث مع { $name }
back-today = اليوم الساعة { $time }
back-tomorrow = غدًا الساعة { $time }
loading = جارٍ التحميل…
connecting = جارٍ الاتصال…
offline = لا يوجد اتصال. ما تكتبه ينتظر هنا ويُرسل لاحقًا.
close = أغلق الدردشة
menu = المزيد
messages = الرسائل
older = رسائل أقدم
you = أنت
team = الفريق
sending = جارٍ الإرسال…
waits = ينتظر الاتصال
sent = أُرسلت
seen = شوهدت
by-mail = أُرسلت بالبريد أيضًا
try-again = حاول مرة أخرى
discard = تجاهل
typing = { $name } يكتب الآن…
typing-nobody = شخص ما يكتب الآن…

write = رسالتك
write-hint = اكتب رسالة…
send = أرسل
attach = أرفق ملفًا
drop = أفلت الملفات هنا
too-long = { $n } حرفًا زائدًا

waiting = نبحث لك عن شخص يساعدك.
joined = { $name } معك الآن
ended = انتهت هذه الدردشة.
ended-again = يمكنك الكتابة من جديد في أي وقت.
hello-again = مرحبًا { $name }
preview = هذه معاينة. لا يُرسل شيء.

banned-title = هذه الدردشة غير متاحة
banned-text = لا يمكنك الكتابة هنا بعد الآن.
gone-title = هذه الدردشة غير متاحة
gone-text = ربما أُوقفت. يرجى التواصل معنا بطريقة أخرى.
broken-title = تعذّر الوصول إلى الدردشة
broken-text = يرجى المحاولة بعد قليل.
error = لم ينجح ذلك. يرجى المحاولة مرة أخرى.
error-too_many_requests = كان ذلك كثيرًا دفعة واحدة. يرجى الانتظار قليلًا.
error-chat_busy = لدينا ضغط كبير الآن. يرجى المحاولة قريبًا.
error-text_too_long = هذه الرسالة طويلة جدًا.
error-file_too_large = هذا الملف كبير جدًا.
error-email_invalid = هذا لا يشبه عنوان بريد إلكتروني.
error-form_missing = يرجى ملء النموذج أولًا.
error-no_address = اترك بريدك الإلكتروني أولًا.
error-upload_unknown = ملف لم يعد موجودًا. يرجى إرفاقه من جديد.
