// What a visitor can do beside writing.
import { type Child, h } from '../draw';
import type { ChatRoom } from '../chat';
import { end, leave, mute, showEarlier, transcript } from '../deeds';
import { t } from '../words';
import { Icon } from './Icon';

function choose(event: Event, run: () => unknown): void {
  (event.currentTarget as HTMLElement).closest('details')?.removeAttribute('open');
  void run();
}

function escape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !menu.open) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

export function Menu({ room }: { room: ChatRoom }): Child {
  const running = room.chat !== null && room.chat.state !== 'ended';
  return (
    <details class="menu" onKeyDown={escape}>
      <summary class="round" aria-label={t('menu')}><Icon name="dots" /></summary>
      <div>
        {room.verified && <button onClick={(event) => choose(event, () => showEarlier(room))}>{t('earlier')}</button>}
        {room.visitor && !room.visitor.email && <button onClick={(event) => choose(event, () => leave(room))}>{t('leave-address')}</button>}
        {room.visitor && <button onClick={(event) => choose(event, () => transcript(room))}>{t('transcript')}</button>}
        <button onClick={(event) => choose(event, () => mute(room, !room.muted))}>{t(room.muted ? 'sound' : 'sound-off')}</button>
        {running && <button onClick={(event) => choose(event, () => end(room))}>{t('end')}</button>}
        {room.config.privacy_url && <a href={room.config.privacy_url} target="_blank" rel="noopener noreferrer">{t('privacy')}</a>}
      </div>
    </details>
  );
}
