// The thread: what was said, what is under way, and what the visitor should know now.
import { type Child, Fragment, h } from '../draw';
import type { Waiting } from '../../protocol';
import type { ChatRoom } from '../chat';
import { Rich } from '../html';
import { shown } from '../lines';
import type { Pending } from '../outbox';
import type { File_, Message } from '../types';
import { bytes, moment } from '../when';
import { said, t } from '../words';
import { Icon } from './Icon';

function Files({ files }: { files: readonly File_[] }): Child {
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.url}>
          <a href={file.url} download={file.name} target="_blank" rel="noopener noreferrer">
            {/^image\/(png|jpe?g|gif|webp|avif)$/.test(file.type) ? <img src={file.url} alt={file.name} loading="lazy" /> : <><Icon name="file" /><span dir="auto">{file.name}</span> <small>{bytes(file.size)}</small></>}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Line({ room, message }: { room: ChatRoom; message: Message }): Child {
  const own = message.direction === 'in';
  const last = own && room.lines.messages.findLast((one) => one.direction === 'in') === message;
  return (
    <article class={own ? 'line own' : 'line'} data-line={message.line}>
      <span class={own ? 'sr' : 'by'}>{own ? t('you') : (message.author?.name ?? t('team'))}</span>
      <div class="bubble" dir="auto">
        {(message.html || message.text) && <Rich id={message.id} html={message.html} text={message.text} />}
        {message.attachments.length > 0 && <Files files={message.attachments} />}
      </div>
      <small>
        <time dateTime={message.at}>{moment(message.at)}</time>
        {last && ` · ${t(room.agentRead >= message.id ? 'seen' : 'sent')}`}
        {message.by_mail && ` · ${t('by-mail')}`}
      </small>
    </article>
  );
}

function Unsent({ room, entry }: { room: ChatRoom; entry: Waiting }): Child {
  const pending: Pending | undefined = room.outbox.entries.find((one) => one.id === entry.id);
  return (
    <article class="line own">
      <span class="sr">{t('you')}</span>
      <div class="bubble unsent" dir="auto">
        {entry.text && <p class="plain">{entry.text}</p>}
        {entry.files.map((name) => <p key={name}><Icon name="file" />{name}</p>)}
      </div>
      {pending?.state === 'refused' ? (
        <small class="bad" role="alert">
          {said(pending.code ?? '')} <button onClick={() => room.outbox.again(entry.id)}>{t('try-again')}</button> <button onClick={() => room.outbox.taken(entry.id)}>{t('discard')}</button>
        </small>
      ) : <small role="status">{pending?.code ? said(pending.code) : t(room.linked ? 'sending' : 'waits')}</small>}
    </article>
  );
}

function Facts({ room }: { room: ChatRoom }): Child {
  const { chat, notice } = room;
  return (
    <>
      {chat?.state === 'waiting' && !chat.agent && <p class="fact">{t('waiting')}</p>}
      {chat?.state === 'taken' && chat.agent && <p class="fact">{t('joined', { name: chat.agent.name })}</p>}
      {chat?.state === 'ended' && <p class="fact">{t('ended')} {t('ended-again')}</p>}
      {chat && room.visitor && room.seldom('Address')}
      {notice && <p class={notice.id === 'preview' || notice.id === 'transcript-sent' ? 'fact' : 'fact bad'} role="alert">{notice.id === 'preview' || notice.id === 'transcript-sent' ? t(notice.id, notice.args) : said(notice.id)}</p>}
    </>
  );
}

export function Thread({ room }: { room: ChatRoom }): Child {
  return (
    <main class="thread" role="log" aria-live="polite" aria-label={t('messages')} tabIndex={0} onScroll={(event) => { if ((event.currentTarget as HTMLElement).scrollTop < 40) room.older(); }}>
      {room.more && <button class="quiet" onClick={() => room.older()}>{t('older')}</button>}
      {room.verified && room.lines.messages.length === 0 && <p class="fact">{t('hello-again', { name: room.verified.name })}</p>}
      {room.config.greeting && !room.more && <article class="line"><span class="by">{room.config.name}</span><div class="bubble" dir="auto"><p class="plain">{room.config.greeting}</p></div></article>}
      {shown(room.lines, room.outbox.entries).map((one) => (one.kind === 'message' ? <Line key={`m${one.message.id}`} room={room} message={one.message} /> : <Unsent key={one.entry.id} room={room} entry={one.entry} />))}
      <Facts room={room} />
      {room.typing !== null && <p class="fact typing" role="status">{room.typing ? t('typing', { name: room.typing }) : t('typing-nobody')}</p>}
    </main>
  );
}
