// The foot: text that grows, files by button, paste and drop, and sending with Enter.
import { type Child, h } from '../draw';
import type { ChatRoom } from '../chat';
import { t } from '../words';
import { Icon } from './Icon';

function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
}

function ready(room: ChatRoom): boolean {
  const text = room.draft.trim();
  return (text !== '' || room.files.length > 0) && [...text].length <= room.config.longest_text && !room.busy;
}

function send(room: ChatRoom): void {
  if (!ready(room)) return;
  room.write(room.draft.trim());
  room.draft = '';
  room.changed();
  const field = document.querySelector<HTMLTextAreaElement>('.compose textarea');
  if (field) {
    field.value = '';
    grow(field);
    field.focus();
  }
}

function key(event: KeyboardEvent, room: ChatRoom): void {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send(room);
}

function taken(data: DataTransfer | null, event: Event, room: ChatRoom): void {
  const files = [...(data?.files ?? [])];
  if (!room.config.attachments || files.length === 0) return;
  event.preventDefault();
  void room.need((later) => later.addFiles(room, files));
}

function pick(input: HTMLInputElement, room: ChatRoom): void {
  const files = [...(input.files ?? [])];
  input.value = '';
  void room.need((later) => later.addFiles(room, files));
}

export function Attach({ room }: { room: ChatRoom }): Child {
  if (!room.config.attachments) return null;
  return (
    <label class="round attach" title={t('attach')}>
      <Icon name="clip" />
      <input type="file" multiple class="sr" aria-label={t('attach')} onChange={(event) => pick(event.currentTarget, room)} />
    </label>
  );
}

export function Composer({ room }: { room: ChatRoom }): Child {
  const over = [...room.draft.trim()].length - room.config.longest_text;
  const write = (field: HTMLTextAreaElement) => {
    room.draft = field.value;
    grow(field);
    room.type(field.value.trim() === '');
    room.changed();
  };
  return (
    <form class="foot compose" onSubmit={(event) => { event.preventDefault(); send(room); }} onDragOver={(event) => event.preventDefault()} onDrop={(event) => taken(event.dataTransfer, event, room)}>
      {room.later && <room.later.Files room={room} />}
      {over > 0 && <p class="bad" role="alert">{t('too-long', { n: over })}</p>}
      <div class="row">
        <Attach room={room} />
        <textarea rows={1} aria-label={t('write')} placeholder={t('write-hint')} dir="auto" value={room.draft} disabled={room.config.preview} onInput={(event) => write(event.currentTarget)} onKeyDown={(event) => key(event, room)} onPaste={(event) => taken(event.clipboardData, event, room)} />
        <button class="round send" aria-label={t('send')} disabled={!ready(room)}><Icon name="send" /></button>
      </div>
    </form>
  );
}
