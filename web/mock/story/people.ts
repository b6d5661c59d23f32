// Linden & Lark, makers of espresso machines, grinders and kettles in Hamburg: who works there and who writes to them.
import type { Agent, Customer, Named } from '../../src/api/types.ts';

const agent = (id: number, name: string, initials: string, email: string, role = 'agent'): Agent => ({ id, name, initials, email, role, locale: null, time_zone: 'Europe/Berlin', active: true });

export const agents: Agent[] = [
  agent(101, 'Ann Becker', 'AB', 'ann@lindenlark.example', 'admin'),
  agent(102, 'Bo Lindqvist', 'BL', 'bo@lindenlark.example'),
  agent(103, 'Carla Reyes', 'CR', 'carla@lindenlark.example'),
  agent(104, 'Deniz Aydın', 'DA', 'deniz@lindenlark.example'),
];

export const teams: Named[] = [{ id: 201, name: 'Orders & delivery' }, { id: 202, name: 'Workshop' }, { id: 203, name: 'Trade customers' }];
export const brands: Named[] = [{ id: 1, name: 'Linden & Lark' }];

type Who = [id: number, name: string, address: string, language: string, zone: string, company?: string, note?: string, phone?: string];

const list: Who[] = [
  [301, 'Marta Okonkwo', 'marta.okonkwo@greyheron.example', 'en', 'Europe/London', 'Grey Heron Coffee', 'Runs three cafés in Leeds. Prefers short answers, calls only after 4 pm.', '+44 113 496 0182'],
  [302, 'Jonas Feldmann', 'jonas.feldmann@posteo.example', 'de', 'Europe/Berlin'],
  [303, 'ليلى المنصوري', 'layla@qahwa-house.example', 'ar', 'Asia/Dubai', 'بيت القهوة', 'تفضّل المراسلة بالعربية.'],
  [304, 'Camille Rousseau', 'camille.rousseau@atelier-nord.example', 'fr', 'Europe/Paris', 'Atelier Nord'],
  [305, '佐藤 美咲', 'misaki.sato@kissa-hoshi.example', 'ja', 'Asia/Tokyo', '喫茶ほし'],
  [306, 'Tom Whitaker', 'tom.whitaker@fastmail.example', 'en', 'America/Chicago'],
  [307, 'Ines Carvalho', 'ines@cafe-alvorada.example', 'pt', 'Europe/Lisbon', 'Café Alvorada'],
  [308, 'Henrike von Bülow-Sonnenschein', 'henrike.vonbuelow-sonnenschein@architekturbuero-sonnenschein.example', 'de', 'Europe/Berlin', 'Architekturbüro Sonnenschein & Partner'],
  [309, 'Priya Raman', 'priya.raman@outlook.example', 'en', 'Asia/Kolkata'],
  [310, 'Luca Marchetti', 'luca@torrefazione-marchetti.example', 'it', 'Europe/Rome', 'Torrefazione Marchetti'],
  [311, 'Agnieszka Wójcik', 'a.wojcik@wp.example', 'pl', 'Europe/Warsaw'],
  [312, 'Samuel Adeyemi', 'sam.adeyemi@gmail.example', 'en', 'Africa/Lagos'],
  [313, 'Greta Holm', 'greta.holm@telia.example', 'sv', 'Europe/Stockholm'],
  [314, 'Familie Petersen', 'petersen.kiel@web.example', 'de', 'Europe/Berlin'],
  [315, 'يوسف حدّاد', 'youssef.haddad@mail.example', 'ar', 'Asia/Beirut'],
  [316, '김서연', 'seoyeon.kim@moim.example', 'ko', 'Asia/Seoul', '모임 커피'],
  [317, 'Oliver Brandt', 'oliver.brandt@kontor17.example', 'de', 'Europe/Berlin', 'Kontor 17'],
  [318, 'Nora Lindholm', 'nora@tidal-coworking.example', 'en', 'Europe/Copenhagen', 'Tidal Coworking'],
  [319, 'Étienne Girard', 'etienne.girard@laposte.example', 'fr', 'Europe/Paris'],
  [320, 'Rosa Delgado', 'rosa.delgado@correo.example', 'es', 'Europe/Madrid'],
];

export const customers: Customer[] = list.map(([id, name, address, language, time_zone, company, note, phone]) => ({
  id,
  name,
  version: 1,
  language,
  time_zone,
  preferred_channel: 'email',
  note: note ?? '',
  tags: company ? ['trade'] : [],
  attributes: company ? { 'Customer number': `T-${id * 37}`, Machines: (id % 4) + 1 } : {},
  identities: [
    { id: id * 10, kind: 'email', value: address, verified: id % 3 !== 0, primary: true },
    ...(phone ? [{ id: id * 10 + 1, kind: 'phone', value: phone, verified: false, primary: false }] : []),
  ],
  companies: company ? [{ id: id + 500, name: company }] : [],
  created_at: new Date(Date.UTC(2022 + (id % 4), id % 12, (id % 27) + 1)).toISOString(),
}));
