// What a visitor can do beside writing: leave an address, end, ask for a copy, look at earlier conversations.
import type { ChatRoom } from './chat';
import { Refused } from './api';
import { put } from './lines';
import { pause } from './outbox';
import { underWay } from './uploads';
import type { Chat, Earlier, Message, Session, Visitor } from './types';

/** How long a visitor's words wait at most for who says them, and how long one pause between two tries may be. */
const MOST_WAIT = 60_000;
const MOST_PAUSE = 15_000;

export interface Offline {
  text: string;
  email: string;
  name: string;
  fields: Record<string, string>;
}

export async function leaveAddress(room: ChatRoom, email: string): Promise<void> {
  if (!room.visitor) {
    room.answers = { ...room.answers, email };
    room.visitor = { name: room.answers.name ?? '', email, email_sent: 'left' };
    return room.changed();
  }
  const visitor = await room.ask<Visitor>('PUT', '/contact', { email });
  if (visitor) {
    room.visitor = visitor;
    room.notice = null;
  }
  room.changed();
}

/** Asks for the address of somebody who may go before the answer. */
export function leave(room: ChatRoom): void {
  room.leaves = true;
  room.changed();
  setTimeout(() => document.getElementById('leave-email')?.focus());
}

/** Sends the message of somebody who came when nobody was there. */
export async function leaveMessage(room: ChatRoom, id: string, form: Offline): Promise<boolean> {
  if (room.config.preview) return false;
  const files = room.files.filter((item) => item.state === 'there').map((item) => item.id);
  const fields = Object.keys(form.fields).length ? { fields: form.fields } : {};
  const sent = await room.ask<{ sent: boolean }>('POST', '/offline', { id, text: form.text, email: form.email, ...(form.name ? { name: form.name } : {}), ...fields, ...(files.length ? { upload_ids: files } : {}) });
  if (!sent) return false;
  room.takeFiles();
  room.notice = { id: 'offline-thanks-text', args: { email: form.email } };
  room.screen = 'thanks';
  room.changed();
  return true;
}

export async function end(room: ChatRoom): Promise<void> {
  const ended = await room.ask<{ chat: Chat }>('POST', '/end', {});
  if (ended) room.chat = ended.chat;
  room.changed();
}

export async function transcript(room: ChatRoom): Promise<void> {
  const sent = await room.ask<{ to: string }>('POST', '/transcript', {});
  if (sent) room.notice = { id: 'transcript-sent', args: { to: sent.to } };
  room.changed();
}

export function mute(room: ChatRoom, muted: boolean): void {
  room.muted = muted;
  room.bridge.keep({ muted });
  room.changed();
}

export async function showEarlier(room: ChatRoom): Promise<void> {
  room.screen = 'earlier';
  room.changed();
  const found = await room.ask<{ items: Earlier[] }>('GET', '/conversations');
  room.earlier = found?.items ?? [];
  room.changed();
}

export async function showConversation(room: ChatRoom, one: Earlier): Promise<void> {
  room.other = { ...one, messages: [] };
  room.screen = 'conversation';
  room.changed();
  const found = await room.ask<{ messages: Message[] }>('GET', `/conversations/${one.id}`);
  if (found && room.other?.id === one.id) room.other = { ...one, messages: found.messages };
  room.changed();
}

/** The next messages belong to this earlier conversation. */
export function goOn(room: ChatRoom, one: Earlier): void {
  room.goOn = one.id;
  room.screen = 'thread';
  room.changed();
}

export function backToThread(room: ChatRoom): void {
  room.screen = room.screen === 'conversation' ? 'earlier' : 'thread';
  room.notice = null;
  room.changed();
}

/** Says who the visitor is, by the shop's own signed word. What is written meanwhile waits for the answer, within bounds. */
export async function identify(room: ChatRoom, identity: string): Promise<void> {
  const until = Date.now() + MOST_WAIT;
  const late = pass(MOST_WAIT).then(() => Promise.reject(new Refused(0, 'offline', 0)));
  late.catch(() => undefined);
  // A file that is on its way comes to whoever the visitor is now, and moves along once it is there.
  await Promise.race([Promise.all(underWay), pass(MOST_WAIT / 2)]);
  for (let attempt = 0; ; attempt++) {
    try {
      const named = room.api.send<Session>('POST', '/identity', { identity, ...(room.api.token ? { token: room.api.token } : {}) });
      room.take(await Promise.race([named, late]));
      return room.bridge.tell('identified');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const wait = Math.min(Math.max(error.wait * 1000, pause(attempt)), MOST_PAUSE);
      if (!error.passing || Date.now() + wait > until) {
        // The page has to know; the visitor goes on unnamed.
        return room.bridge.tell('error', { code: error.code });
      }
      await pass(wait);
    }
  }
}

function pass(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Brings the lines before the first one that is shown. */
export async function older(room: ChatRoom): Promise<void> {
  const first = room.lines.messages[0];
  if (!first || !room.more) return;
  room.more = false;
  const found = await room.ask<{ messages: Message[]; more: boolean }>('GET', `/messages?before=${first.line}&limit=30`);
  room.more = found ? found.more : true;
  if (found) room.lines = put(room.lines, found.messages);
  room.changed();
}
