// What an agent does with chats: one place for the bar, the ringing, keys and palette.
import { ApiError } from '~/api/client';
import { type ChatRow, chatApi } from '~/api/chat';
import type { Id } from '~/api/types';
import { router } from '~/desk/router.svelte';
import { desk } from '~/sync/desk.svelte';
import { said, t } from '~/text/text.svelte';
import { toasts } from '~/ui/toasts.svelte';

/** Runs it and says why not, when it can't be. */
async function attempt<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refused(error);
    return null;
  }
}

function refused(error: ApiError): void {
  const present = error.failure.present as unknown as ChatRow | undefined;
  if (present?.visitor) desk.chats.put(present);
  if (error.code === 'chat_taken' && present) toasts.say(t('chat-taken-by', { name: desk.agent(present.taker_id)?.name ?? t('unknown') }), { tone: 'bad' });
  else if (error.code === 'chat_limit') toasts.say(t('chat-limit', { n: desk.chats.me?.most ?? 0 }), { tone: 'bad' });
  else toasts.say(said(error.failure), { tone: 'bad' });
  void desk.chats.load();
}

export function show(chat: ChatRow): void {
  router.go({ at: 'view', view: chat.taker_id === desk.me.id ? 'mine' : 'all', number: chat.number });
}

export async function toggle(): Promise<void> {
  const next = desk.chats.me?.state === 'available' ? 'away' : 'available';
  const me = await attempt(() => chatApi.be(next));
  if (!me) return;
  desk.chats.me = me;
  toasts.say(t(`chat-now-${me.state}`));
}

export async function take(chat: ChatRow | undefined): Promise<void> {
  if (!chat) return;
  const taken = await attempt(() => chatApi.take(chat.id));
  if (!taken) return;
  desk.chats.put(taken.body);
  desk.did(t('done-chat-taken', { name: nameOf(chat) }), taken.undo);
  show(taken.body);
}

export async function giveBack(chat: ChatRow): Promise<void> {
  const row = await attempt(() => chatApi.back(chat.id));
  if (!row) return;
  desk.chats.put(row);
  desk.did(t('done-chat-returned'), null);
}

export async function pass(chat: ChatRow, to: { agent_id?: Id; team_id?: Id }, note: string): Promise<boolean> {
  const passed = await attempt(() => chatApi.pass(chat.id, { ...to, ...(note.trim() ? { note: note.trim() } : {}) }));
  if (!passed) return false;
  desk.chats.put(passed.body);
  const name = desk.agent(to.agent_id ?? null)?.name ?? desk.team(to.team_id ?? null) ?? '';
  desk.did(t('done-chat-passed', { name }), passed.undo);
  return true;
}

export async function end(chat: ChatRow): Promise<void> {
  const row = await attempt(() => chatApi.end(chat.id));
  if (!row) return;
  desk.chats.put(row);
  desk.did(t('done-chat-ended'), null);
}

export async function ban(conversation: Id): Promise<void> {
  const done = await attempt(() => chatApi.ban(conversation));
  if (!done) return;
  desk.did(t('done-chat-banned'), done.undo, () => void desk.chats.look(conversation));
  await desk.chats.look(conversation);
}

export async function unban(conversation: Id): Promise<void> {
  if (!(await attempt(() => chatApi.unban(conversation)))) return;
  desk.did(t('done-chat-unbanned'), null);
  await desk.chats.look(conversation);
}

export function nameOf(chat: ChatRow): string {
  return chat.visitor.name || chat.visitor.email || t('visitor');
}

/** Minutes and seconds, as on a stopwatch. */
export function stopwatch(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = `${String(Math.floor(seconds / 60) % 60).padStart(hours ? 2 : 1, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return hours ? `${hours}:${rest}` : rest;
}
