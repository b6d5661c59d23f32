// What is seldom looked at: earlier conversations of a verified visitor, and the thanks for a message.
import { type Child, Fragment, h } from '../draw';
import type { ChatRoom } from '../chat';
import { backToThread, goOn, leaveAddress, showConversation, transcript } from '../deeds';
import { t } from '../words';
import { Line } from './Thread';

export function Earlier({ room }: { room: ChatRoom }): Child {
  return (
    <main class="scroll">
      <h2 class="bar"><button class="round" aria-label={t('back')} onClick={() => backToThread(room)}>‹</button>{t('earlier')}</h2>
      {room.earlier === null ? <p class="hush late" role="status">{t('loading')}</p> : room.earlier.length === 0 ? <p class="hush">{t('earlier-none')}</p> : (
        <ul class="earlier">
          {room.earlier.map((one) => (
            <li key={one.id}>
              <button onClick={() => void showConversation(room, one)}>
                <strong dir="auto">{one.subject || t('number', { number: String(one.number) })}</strong>
                <span class="hush" dir="auto">{one.preview}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

export function Conversation({ room }: { room: ChatRoom }): Child {
  const one = room.other;
  if (!one) return null;
  return (
    <>
      <main class="thread" tabIndex={0}>
        <h2 class="bar"><button class="round" aria-label={t('back')} onClick={() => backToThread(room)}>‹</button><span dir="auto">{one.subject}</span></h2>
        {one.messages.map((message) => <Line key={message.id} room={room} message={message} />)}
      </main>
      <div class="foot"><button class="main" onClick={() => goOn(room, one)}>{t('go-on')}</button></div>
    </>
  );
}

export function Thanks({ room }: { room: ChatRoom }): Child {
  return (
    <main class="told" role="status">
      <h2>{t('offline-thanks')}</h2>
      <p>{t('offline-thanks-text', { email: room.notice?.args?.email ?? '' })}</p>
      <button class="quiet" onClick={() => backToThread(room)}>{t('offline-again')}</button>
    </main>
  );
}

/** Leaving an address: offered when nobody came, or when the visitor may go before the answer. */
export function Address({ room }: { room: ChatRoom }): Child {
  const state = room.chat?.state;
  if (!room.visitor || !state) return null;
  if (state === 'ended') return <p class="fact"><button onClick={() => void transcript(room)}>{t('transcript')}</button></p>;
  if (room.visitor.email) return <p class="fact">{t('leave-saved', { email: room.visitor.email })}</p>;
  if (state === 'taken' && !room.leaves && room.state.mode === 'chat') return null;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const email = new FormData(event.currentTarget as HTMLFormElement).get('email');
    void leaveAddress(room, String(email).trim());
  };
  return (
    <form class="leave" onSubmit={save}>
      <label for="leave-email">{state === 'missed' && <strong>{t('missed')} </strong>}{t('leave')}</label>
      <div><input id="leave-email" name="email" type="email" required maxLength={254} autocomplete="email" dir="ltr" /><button class="main">{t('leave-save')}</button></div>
    </form>
  );
}
