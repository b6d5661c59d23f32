// The conversations that are told in full.
import type { Told } from './form.ts';

const ANN = 101;
const BO = 102;
const CARLA = 103;
const DENIZ = 104;

const parcel = `<table width="100%" bgcolor="#f3efe8" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
<table width="520" cellpadding="0" cellspacing="0" style="background:#ffffff;border-radius:8px"><tr><td style="background:#23424a;color:#ffffff;padding:18px 24px;font:600 18px Georgia,serif;border-radius:8px 8px 0 0">Elbfracht</td></tr>
<tr><td style="padding:22px 24px;font:15px/1.6 Arial,sans-serif;color:#333"><p style="margin:0 0 12px"><b>Delivery exception</b></p><p><img data-remote-src="https://elbfracht.example/parcel.png" alt="Your parcel" width="220"></p><p style="margin:0 0 12px">Shipment <b>EF 3381 902 DE</b> could not be handed over. The recipient asked for a new delivery window.</p>
<table cellpadding="6" style="border:1px solid #ddd;font-size:14px"><tr><td>Attempt</td><td>Friday, 10:42</td></tr><tr><td>Depot</td><td>Leeds South</td></tr><tr><td>Weight</td><td>31.4 kg</td></tr></table>
<p style="margin:18px 0 0"><a href="https://elbfracht.example/track" style="background:#c8663c;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">Choose a window</a></p><p>Or here: <a href="https://login-secure.test/pay">elbfracht.com/fees</a></p></td></tr></table></td></tr></table>`;

const styled = `<div style="font-family:Calibri,sans-serif;font-size:11pt;color:rgb(31,31,31)"><p style="margin:0 0 8pt">Guten Tag,</p><p style="margin:0 0 8pt">unsere <b>Lark Duo</b> zeigt seit gestern <span style="color:#c00000">Fehler E-14</span> und heizt nicht mehr auf. Ausgeschaltet, entkalkt, neu gestartet: unverändert.</p><p style="margin:0 0 8pt">Die Maschine steht im Empfang eines Büros mit dreißig Leuten. Sie können sich die Stimmung vorstellen.</p><p style="margin:0;color:#1f497d">Henrike von Bülow-Sonnenschein<br><span style="font-size:9pt;color:#7f7f7f">Architekturbüro Sonnenschein &amp; Partner mbB · Große Elbstraße 39</span></p></div>`;

export const inbox: Told[] = [
  {
    who: 301, subject: 'Group head leaks after the new gasket', status: 'open', to: ANN, team: 202, priority: 'high', type: 'problem', tags: ['lark-duo', 'warranty', 'leak'], unread: true, due: 3, number: 4170,
    said: [
      { by: 'customer', ago: 27, text: 'Hi there,\n\nwe fitted the gasket you sent last week, and the left group on our Lark Duo still leaks. It starts at about six bar and drips onto the tray for the whole shot. Photos attached: one dry, one during the pull.\n\nWe open at seven on Saturday and this is our only machine, so I’m a little nervous.\n\nMarta', files: ['group-dry.jpg', 'group-at-6-bar.jpg', 'Invoice LL-20931.pdf'], marks: ['sender_proven'] },
      { by: 'system', ago: 26.9, text: 'Assigned to the team Workshop' },
      { by: BO, ago: 25, text: 'Hello Marta,\n\nthank you for the photos, they help a lot. The second one shows water coming from above the gasket, not from beside it. That points to the dispersion screen sitting a little proud.\n\nCould you loosen its screw, wipe the seat and press the gasket in with the screen off? The bevel faces up.\n\nBo' },
      { by: BO, ago: 24.8, note: true, text: '@Ann Becker if that doesn’t do it, it’s the batch from March again (seat 0.3 mm too high). Two other cafés had it. I’d send a whole group ring and not argue.' },
      { by: 'customer', ago: 0.4, text: 'Hello Bo,\n\ndone, twice, with the bevel up. It’s better: it now starts at eight bar instead of six. But it does still drip.\n\nIs there anything else I can try tonight, or should I look for a loan machine?\n\nMarta', quoted: 'Hello Marta,\n\nthank you for the photos, they help a lot. The second one shows water coming from above the gasket, not from beside it.', cc: [{ name: 'Theo Marsh', address: 'theo@greyheron.example' }, { name: 'Service Nord', address: 'dispatch@service-nord.example' }] },
    ],
  },
  {
    who: 308, subject: 'Lark Duo: Fehler E-14, heizt nicht mehr auf', status: 'new', team: 202, priority: 'urgent', type: 'incident', tags: ['lark-duo', 'e-14'], unread: true,
    said: [{ by: 'customer', ago: 0.1, text: 'Guten Tag, unsere Lark Duo zeigt seit gestern Fehler E-14 und heizt nicht mehr auf. Ausgeschaltet, entkalkt, neu gestartet: unverändert.', html: styled }],
  },
  {
    who: 303, subject: 'استفسار عن مطحنة ليندن للمقهى الجديد', status: 'open', to: ANN, team: 203, tags: ['trade', 'linden-64'], unread: true,
    said: [
      { by: 'customer', ago: 31, text: 'السلام عليكم،\n\nنفتتح فرعنا الثالث في دبي في يناير، ونحتاج إلى مطحنتين من طراز Linden 64. هل يمكنكم إرسال عرض سعر شامل الشحن والجمارك؟\n\nمع التحية،\nليلى' },
      { by: ANN, ago: 29, text: 'وعليكم السلام ليلى،\n\nشكراً لرسالتكِ ومبروك الفرع الجديد. السعر للمطحنتين 2.980 يورو، والشحن الجوي 186 يورو. تصلكِ الفاتورة المبدئية اليوم.\n\nآن' },
      { by: 'customer', ago: 1.2, text: 'شكراً جزيلاً آن. السعر مناسب. هل تتوفر باللون الأخضر الداكن، ومتى أقرب موعد للتسليم؟' },
    ],
  },
  {
    who: 302, subject: 'Kessel wird zu heiß, Temperatur springt', status: 'pending', to: ANN, team: 202, type: 'problem', tags: ['kettle', 'pid'],
    said: [
      { by: 'customer', ago: 53, text: 'Moin,\n\nmein Kessel (Lark Kettle, zwei Jahre alt) springt seit dem Update zwischen 92 und 99 Grad. Beim Aufbrühen ist das Lotterie.\n\nJonas Feldmann' },
      { by: ANN, ago: 50, text: 'Moin Herr Feldmann,\n\ndas klingt nach dem Fühler, nicht nach dem Update. Halten Sie bitte einmal die Tasten + und – zehn Sekunden lang gedrückt und schicken mir die beiden Zahlen, die dann erscheinen.\n\nAnn Becker', files: ['Kessel einstellen.mp4'], marks: ['linked_files'] },
      { by: 'customer', ago: 26, text: '17 und 204. Und jetzt?' },
      { by: ANN, ago: 5, text: 'Danke! 204 liegt weit neben dem Soll von 160: der Fühler ist hin. Ein neuer geht heute kostenlos raus, der Wechsel dauert fünf Minuten. Die Anleitung liegt bei.', state: 'queued', error: '451 4.7.1 Greylisted, please try again in 300 seconds' },
    ],
  },
  {
    who: 304, subject: 'Facture au nom de l’atelier', status: 'open', to: ANN, team: 201, tags: ['invoice'],
    said: [
      { by: 'customer', ago: 8, text: 'Bonjour,\n\npourriez-vous refaire la facture LL-21044 au nom d’Atelier Nord SARL, avec notre numéro de TVA FR 32 491 882 017 ?\n\nMerci beaucoup,\nCamille Rousseau' },
      { by: ANN, ago: 6.5, text: 'Bonjour Camille,\n\nc’est fait, la nouvelle facture est jointe et l’ancienne annulée.\n\nBien à vous,\nAnn', files: ['Facture LL-21044-B.pdf'], state: 'failed', error: '550 5.2.2 Mailbox full: camille.rousseau@atelier-nord.example', fates: [{ address: 'camille.rousseau@atelier-nord.example', state: 'failed', hard: false, cause: 'mailbox_full', status: '5.2.2', words: '550 5.2.2 Mailbox full' }] },
    ],
  },
  {
    who: 305, subject: 'グラインダーの替え刃について', status: 'open', to: ANN, team: 203, tags: ['linden-64', 'burrs'],
    said: [
      { by: 'customer', ago: 15, text: 'お世話になっております。喫茶ほしの佐藤です。\n\nLinden 64 の替え刃(64 mm)を二組注文したいのですが、在庫はございますか。日本への送料も教えていただけますと幸いです。' },
      { by: ANN, ago: 12, text: '佐藤様\n\nご連絡ありがとうございます。在庫はございます。二組で 118 ユーロ、送料は 24 ユーロです。明日発送できますが、よろしいでしょうか。', state: 'unknown', error: 'Connection lost after the message was handed over.' },
    ],
  },
  {
    who: 306, subject: 'Which voltage for Chicago?', status: 'new', unread: true, tags: ['presales'],
    said: [{ by: 'customer', ago: 0.6, text: 'Hey folks,\n\nI’m in love with the walnut Lark Solo. Does it run on 120 V, or would I need a transformer? I’d rather not set my kitchen on fire.\n\nTom' }],
  },
  {
    who: 301, subject: 'Delivery exception EF 3381 902 DE', status: 'open', to: BO, team: 201, tags: ['shipping'], also: 4170,
    said: [{ by: 'customer', ago: 2.2, text: 'Delivery exception. Shipment EF 3381 902 DE could not be handed over.', html: parcel, marks: ['automatic', 'claimed_sender', 'sender_forged', 'damaged', 'truncated', 'odd_letters'] }],
  },
  {
    who: 309, subject: 'Refund for the cancelled order?', status: 'open', to: CARLA, team: 201, priority: 'high', unread: true, tags: ['refund'],
    said: [
      { by: 'customer', ago: 74, text: 'Hello, I cancelled order LL-20877 on the day I placed it. The money hasn’t come back yet. Could you have a look?' },
      { by: CARLA, ago: 70, text: 'Hello Priya,\n\nI’m sorry about the wait. The refund left us on Tuesday; Indian banks take up to seven working days. If it isn’t there by Thursday, write to me and I’ll trace it.\n\nCarla' },
      { by: 'customer', ago: 3.4, text: 'It’s Thursday. It isn’t there.' },
    ],
  },
  {
    who: 310, subject: 'Dodici macchine per la scuola di Torino', status: 'pending', to: DENIZ, team: 203, tags: ['trade', 'quote'],
    said: [
      { by: 'customer', ago: 120, text: 'Buongiorno, stiamo allestendo una scuola per baristi a Torino: dodici Lark Duo, con formazione per due tecnici. Possiamo parlarne?' },
      { by: DENIZ, ago: 21, text: 'Buongiorno Luca, con piacere. In allegato l’offerta con lo sconto scuola e due date per la formazione ad Amburgo.', files: ['Offerta Torino.pdf'] },
    ],
  },
  {
    who: 307, subject: 'Steam wand seal, size?', status: 'new', team: 202,
    said: [{ by: 'customer', ago: 4.1, text: 'Olá! Which O-ring goes on the steam wand of a Lark Duo from 2021? The local shop has 6×1.5 and 6×2.\n\nInes' }],
  },
  {
    who: 318, subject: 'Service contract for four locations', status: 'open', to: ANN, team: 203, due: 30, tags: ['trade', 'contract'],
    said: [
      { by: 'customer', ago: 44, text: 'Hi Ann,\n\nwe talked at the fair in Copenhagen. We have four coworking spaces, a Lark Duo in each, and nobody who dares to open them. What would a yearly service cost?\n\nNora' },
      { by: ANN, ago: 40, text: 'Hi Nora,\n\nhow nice to hear from you! Two visits a year, all wear parts, and a loan machine within a day: 640 € per machine. I’ll put it in writing as soon as you tell me the addresses.\n\nAnn' },
      { by: 'customer', ago: 9, text: 'That’s less than I feared. Addresses follow tomorrow.' },
    ],
  },
  {
    who: 315, subject: 'الغلاية لا تعمل بعد انقطاع الكهرباء', status: 'new', unread: true, tags: ['kettle'],
    said: [{ by: 'customer', ago: 5.3, text: 'مرحباً، بعد انقطاع الكهرباء أمس لم تعد غلاية Lark Kettle تعمل. الشاشة تضيء لكنها لا تسخّن. ماذا أفعل؟', marks: ['claimed_sender'] }],
  },
  {
    who: 317, subject: 'Re: Wartungstermin Kontor 17', status: 'hold', to: BO, team: 202, tags: ['service'],
    said: [
      { by: 'customer', ago: 97, text: 'Hallo, der Techniker war um neun angekündigt und kam um eins. Die Kaffeeküche war so lange zu. Bitte prüfen Sie das.' },
      { by: BO, ago: 92, text: 'Hallo Herr Brandt, das tut mir leid, so soll das nicht laufen. Ich kläre mit Service Nord, was da passiert ist, und melde mich bis Freitag.' },
      { by: BO, ago: 91, note: true, text: 'Service Nord hat zwei Termine vertauscht. Gutschrift über die Anfahrt ist beantragt, wartet auf Freigabe.', marks: ['mail_parked:history_unclear'] },
    ],
  },
];
