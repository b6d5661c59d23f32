// Shorter conversations, so that lists look like a working day.
import type { Status } from '../../src/api/types.ts';
import type { Told } from './form.ts';

type Short = [who: number, subject: string, text: string, status: Status, ago: number, to?: number, answer?: string];

const list: Short[] = [
  [311, 'Młynek wibruje przy drobnym mieleniu', 'Dzień dobry, od tygodnia młynek Linden 64 mocno wibruje poniżej ustawienia 4. Czy to normalne?', 'open', 18, 102],
  [312, 'Cup warmer doesn’t get warm', 'The top plate of my Solo stays cold. Everything else works.', 'new', 7.2],
  [313, 'Färgen på handtaget', 'Hej! Går det att byta valnötshandtaget mot svart ask i efterhand?', 'open', 20, 103],
  [314, 'Ersatzteil Tropfschale', 'Uns ist die Tropfschale heruntergefallen. Gibt es die einzeln?', 'pending', 33, 101, 'Ja, für 34 Euro, in Schwarz und Edelstahl. Soll ich eine auf den Weg bringen?'],
  [316, '한국 배송 문의', '안녕하세요, Lark Solo를 한국으로 배송하실 수 있나요? 전압은 220V가 필요합니다.', 'new', 11],
  [319, 'Détartrage : quel produit ?', 'Bonjour, quel détartrant conseillez-vous pour une eau très calcaire ?', 'open', 22, 104],
  [320, 'Cambio de dirección de envío', 'Hola, ¿puedo cambiar la dirección del pedido LL-21102 antes de que salga?', 'open', 1.8, 103],
  [306, 'Portafilter with two spouts', 'Is the double spout included, or do I order it on its own?', 'pending', 49, 101, 'It comes with the machine, together with the bottomless one.'],
  [307, 'Training for our new baristas', 'We’d love a half-day course in Lisbon for six people.', 'open', 62, 104],
  [302, 'Rechnung fehlt', 'Zur Bestellung LL-20990 habe ich keine Rechnung bekommen.', 'solved', 130, 101, 'Sie ist angehängt und liegt ab jetzt auch in Ihrem Konto.'],
  [309, 'Manual in English', 'The box had German and French only.', 'solved', 150, 102, 'Here it is as a PDF. A printed one is in the post.'],
  [310, 'Guarnizioni per il gruppo', 'Mi servono dieci guarnizioni da 8,5 mm.', 'solved', 190, 104, 'Spedite oggi, arrivano giovedì.'],
  [318, 'Invoice address for Aarhus', 'Please use the Copenhagen office for all invoices.', 'solved', 210, 101, 'Changed for all four locations.'],
  [304, 'Bruit au démarrage', 'La pompe fait un bruit de marteau pendant les dix premières secondes.', 'solved', 260, 102, 'C’est l’air dans le circuit : une purge de vingt secondes suffit.'],
  [313, 'Returned grinder', 'It went out with the post yesterday.', 'closed', 900, 103, 'Received, and the money is on its way.'],
  [301, 'Barista course in Leeds', 'Would you come to us, if we gather eight people?', 'solved', 400, 101, 'With pleasure: the 14th is yours.'],
  [305, '請求書の宛名', '請求書の宛名を「喫茶ほし」に変更していただけますか。', 'solved', 330, 101, '変更いたしました。'],
  [312, 'Shipping to Lagos', 'Do you ship kettles to Nigeria, and who pays the duties?', 'open', 76, 102],
  [308, 'Angebot für zweite Maschine', 'Bitte um ein Angebot für eine zweite Lark Duo, gerne in Weiß.', 'open', 88, 104],
  [320, '¿Cuándo vuelve la Lark Solo en verde?', 'La espero desde el verano. ¿Hay una lista de espera?', 'pending', 56, 103, 'En marzo. Te he apuntado: serás la primera en saberlo.'],
  [314, 'Danke!', 'Die Tropfschale ist da und passt. Schöne Grüße aus Kiel!', 'open', 0.9, 101],
  [317, 'Bohnenbehälter 500 g', 'Passt der große Behälter auch auf die alte Linden 58?', 'new', 13],
  [311, 'Numer seryjny', 'Gdzie znajdę numer seryjny na czajniku?', 'solved', 280, 102, 'Na spodzie, pod gumową stopką.'],
  [316, '세금계산서 요청', '지난 주문의 세금계산서를 부탁드립니다.', 'solved', 350, 104, '첨부해 드렸습니다.'],
];

export const more: Told[] = list.map(([who, subject, text, status, ago, to, answer]) => ({
  who,
  subject,
  status,
  ...(to ? { to } : {}),
  team: to === 102 ? 202 : 201,
  unread: status === 'new' || ago < 1,
  said: [{ by: 'customer' as const, ago: answer ? ago + 3 : ago, text }, ...(answer ? [{ by: to ?? 101, ago, text: answer }] : [])],
}));
