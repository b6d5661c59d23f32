// Turns the story's short form into rows, messages, customers and files.
import { deflateSync, crc32 } from 'node:zlib';
import type { Attachment, Message, Row } from '../../src/api/types.ts';
import type { World } from '../world.ts';
import { US } from '../writing.ts';
import { inbox } from './inbox.ts';
import { more } from './more.ts';
import { agents, customers } from './people.ts';
import type { Told, Utterance } from './form.ts';

const HOUR = 3_600_000;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function html(text: string): string {
  return text.split('\n\n').map((part) => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`).join('');
}

/** A small picture without any library: two colours that run into each other. */
function png(width: number, height: number, from: [number, number, number], to: [number, number, number]): Buffer {
  const lines = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const part = (x / width + y / height) / 2;
      const round = Math.hypot(x - width / 2, y - height / 2) < height / 3 ? 0.72 : 1;
      for (let c = 0; c < 3; c++) lines[y * (width * 3 + 1) + 1 + x * 3 + c] = Math.round((from[c]! + (to[c]! - from[c]!) * part) * round);
    }
  }
  const chunk = (type: string, data: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}

function attachments(world: World, said: Utterance): Attachment[] {
  return (said.files ?? []).map((name, i) => {
    const id = world.next();
    const picture = /\.(png|jpe?g)$/.test(name);
    const bytes = picture ? png(320, 220, [196 - i * 40, 150, 110 + i * 30], [60, 44 + i * 20, 38]) : Buffer.from('%PDF-1.4\n');
    const type = picture ? 'image/png' : 'application/pdf';
    world.files.set(String(id), { type, bytes });
    return { id, name, type, size: picture ? 1_840_000 + i * 411_000 : 248_300, url: `/api/files/${id}/${encodeURIComponent(name)}`, inline: false };
  });
}

function message(world: World, row: Row, said: Utterance, now: number): Message {
  const by = agents.find((a) => a.id === said.by);
  const note = said.note === true;
  const inward = said.by === 'customer';
  const us = { name: US.name, address: US.address };
  const them = { name: row.requester.name, address: row.requester.address ?? '' };
  return {
    id: world.next(),
    conversation_id: row.id,
    kind: note ? 'note' : 'message',
    direction: inward ? 'in' : 'out',
    channel: note ? 'note' : row.channel,
    author: said.by === 'system' ? { kind: 'system', id: null, name: 'Rapport', verified: true } : inward ? { kind: 'customer', id: row.requester.id, name: row.requester.name, verified: row.requester.verified } : { kind: 'agent', id: by?.id ?? null, name: by?.name ?? '', verified: true },
    html: said.html ?? html(said.text),
    text: said.text,
    quoted_html: said.quoted ? html(said.quoted) : null,
    attachments: attachments(world, said),
    recipients: note || said.by === 'system' ? null : { from: inward ? them : us, to: [inward ? us : them], cc: said.cc ?? [], bcc: [] },
    fates: (said.fates ?? []).map((fate) => ({ ...fate, at: new Date(now - said.ago * HOUR + 60_000).toISOString() })),
    delivery: inward || note || said.by === 'system' ? null : { state: said.state ?? 'delivered', hold_until: null, error: said.error ?? null, attempts: 1, ...(said.state === 'queued' && said.error ? { attempts: 3, next_at: new Date(now + 18 * 60_000).toISOString() } : {}) },
    marks: said.marks ?? [],
    repeats: said.repeats ?? 0,
    mentions: [],
    has_raw: inward,
    created_at: new Date(now - said.ago * HOUR).toISOString(),
    version: 1,
  };
}

function add(world: World, told: Told, number: number, now: number): void {
  const customer = world.customers.get(told.who)!;
  const first = told.said[0]!;
  const last = told.said.findLast((s) => !s.note && s.by !== 'system') ?? first;
  const row: Row = {
    id: 1_000_000 + number,
    number,
    version: 3,
    subject: told.subject,
    status: told.status,
    spam: false,
    priority: told.priority ?? null,
    type: told.type ?? 'question',
    channel: told.channel ?? 'email',
    team_id: told.team ?? null,
    assignee_id: told.to ?? null,
    brand_id: 1,
    requester: { id: customer.id, name: customer.name, address: customer.identities[0]?.value ?? '', verified: customer.identities[0]?.verified ?? false },
    preview: last.text.replace(/\s+/g, ' ').slice(0, 140),
    last_author: last.by === 'customer' ? 'customer' : 'agent',
    unread: told.unread ?? false,
    tags: told.tags ?? [],
    due_at: told.due ? new Date(now + told.due * HOUR).toISOString() : null,
    created_at: new Date(now - first.ago * HOUR).toISOString(),
    last_activity_at: new Date(now - last.ago * HOUR).toISOString(),
    deleted: false,
  };
  world.rows.set(row.id, row);
  world.messages.set(row.id, told.said.map((said) => message(world, row, said, now)));
  const cc = told.said.flatMap((s) => s.cc ?? []);
  const also = told.also ? [...world.rows.values()].filter((r) => r.number === told.also).map((r) => ({ id: r.id, number: r.number, subject: r.subject })) : [];
  world.extra.set(row.id, {
    participants: cc.map((a, i) => ({ id: 700 + i, name: a.name ?? '', address: a.address, kind: 'cc' as const })),
    followers: [], fields: {}, form: null, external_id: null, also_open: also, follow_up_of: null, joined_into: null,
  });
}

export function tell(world: World): void {
  const now = Date.now();
  for (const customer of customers) world.customers.set(customer.id, customer);
  const all = [...more, ...inbox].sort((a, b) => (b.said[0]?.ago ?? 0) - (a.said[0]?.ago ?? 0));
  all.forEach((told, i) => add(world, told, told.number ?? 4100 + i, now));
}
