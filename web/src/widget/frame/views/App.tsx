// The whole frame: head, what is to be seen now, and the foot to write in.
import { type Child, Fragment, h } from '../draw';
import type { ChatRoom } from '../chat';
import { t } from '../words';
import { Composer } from './Composer';
import { Head } from './Head';
import { Thread } from './Thread';

/** Whether somebody can be reached by chat now, or only by mail. */
function isOffline(room: ChatRoom): boolean {
  const running = room.chat !== null && room.chat.state !== 'ended';
  return room.state.mode === 'offline' && !running && room.outbox.entries.length === 0;
}

function needsForm(room: ChatRoom): boolean {
  const { before, fields } = room.config.form;
  return before !== 'never' && fields.length > 0 && !room.visitor && !room.verified && !room.answers && room.outbox.entries.length === 0;
}

function Told({ title, text }: { title: string; text: string }): Child {
  return (
    <main class="told">
      <h2>{t(title)}</h2>
      <p>{t(text)}</p>
    </main>
  );
}

function Body({ room }: { room: ChatRoom }): Child {
  if (room.phase === 'banned') return <Told title="banned-title" text="banned-text" />;
  if (room.phase === 'gone') return <Told title="gone-title" text="gone-text" />;
  if (room.phase === 'broken') return <Told title="broken-title" text="broken-text" />;
  if (room.phase === 'starting') return <main class="told" role="status"><p class="late">{t('loading')}</p></main>;
  if (room.screen === 'earlier') return room.seldom('Earlier');
  if (room.screen === 'conversation') return room.seldom('Conversation');
  if (room.screen === 'thanks') return room.seldom('Thanks');
  if (isOffline(room)) return room.seldom('OfflineForm');
  return (
    <>
      <Thread room={room} />
      {needsForm(room) ? room.seldom('BeforeForm') : <Composer room={room} />}
    </>
  );
}

export function App({ room }: { room: ChatRoom }): Child {
  return (
    <div class="frame">
      <Head room={room} />
      {!room.linked && room.phase === 'ready' && !room.config.preview && <p class="banner" role="status">{t('offline')}</p>}
      <Body room={room} />
    </div>
  );
}
