// The head: who is there, how long an answer takes, and the menu.
import { type Child, h } from '../draw';
import type { ChatRoom } from '../chat';
import { back } from '../when';
import { t } from '../words';
import { Icon } from './Icon';

/** What can honestly be said about the wait. */
export function status(room: ChatRoom): string {
  const { state, chat } = room;
  if (room.phase === 'starting') return '';
  if (chat?.state === 'taken' && chat.agent) return t('status-with', { name: chat.agent.name });
  if (!state.open) return state.back_at ? t('status-back', { time: back(state.back_at) }) : t('status-closed');
  if (!state.available) return t('status-busy');
  return state.answer_seconds === null ? t('status-here') : t('status-answer', { minutes: Math.max(1, Math.round(state.answer_seconds / 60)) });
}

export function Head({ room }: { room: ChatRoom }): Child {
  const agent = room.chat?.state === 'taken' ? room.chat.agent : null;
  return (
    <header>
      {agent && <span class="face" aria-hidden="true">{agent.initials}</span>}
      <div class="who">
        <h1>{room.config.name}</h1>
        <p role="status">{room.phase === 'starting' ? t('connecting') : status(room)}</p>
      </div>
      {room.phase === 'ready' && (room.later ? <room.later.Menu room={room} /> : <button class="round" aria-label={t('menu')} onClick={() => void room.need(() => { setTimeout(() => document.querySelector<HTMLElement>('.menu summary')?.click()); })}><Icon name="dots" /></button>)}
      {!room.bridge.alone && <button class="round" aria-label={t('close')} onClick={() => room.close()}><Icon name="x" /></button>}
    </header>
  );
}
