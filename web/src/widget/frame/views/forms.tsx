// The form before a chat, and the message to people who aren't there.
import { type Child, h } from '../draw';
import type { ChatRoom } from '../chat';
import { leaveMessage } from '../deeds';
import type { Field } from '../types';
import { said, t } from '../words';
import { Attach } from './Composer';
import { Files } from './files';
import { status } from './Head';

const OWN = new Set(['name', 'email']);

function label(field: Field): string {
  return field.label || (OWN.has(field.name) ? t(`form-${field.name}`) : field.name);
}

function Input({ field, value = '' }: { field: Field; value?: string }): Child {
  const id = `field-${field.name}`;
  const common = { id, name: field.name, required: field.required };
  return (
    <div class="field">
      <label for={id}>{label(field)} {!field.required && <small>{t('form-optional')}</small>}</label>
      {field.kind === 'select' ? (
        <select {...common}><option value="">{t('form-choose')}</option>{field.options?.map((option) => <option key={option}>{option}</option>)}</select>
      ) : (
        <input {...common} type={field.kind} defaultValue={value} maxLength={field.kind === 'email' ? 254 : 200} dir={field.kind === 'email' ? 'ltr' : 'auto'} autocomplete={field.name === 'email' ? 'email' : field.name === 'name' ? 'name' : 'off'} />
      )}
    </div>
  );
}

interface Filled {
  name: string;
  email: string;
  fields: Record<string, string>;
}

function filled(form: HTMLFormElement): Filled {
  const all = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()] as const).filter(([, value]) => value !== '');
  const of = (name: string) => all.find(([found]) => found === name)?.[1] ?? '';
  return { name: of('name'), email: of('email'), fields: Object.fromEntries(all.filter(([name]) => !OWN.has(name) && name !== 'text')) };
}

export function BeforeForm({ room }: { room: ChatRoom }): Child {
  const begin = (answers: ChatRoom['answers']) => {
    room.answers = answers;
    room.changed();
    setTimeout(() => document.querySelector<HTMLElement>('.compose textarea')?.focus());
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (room.config.preview) return;
    const { name, email, fields } = filled(event.currentTarget as HTMLFormElement);
    begin({ ...(name ? { name } : {}), ...(email ? { email } : {}), ...(Object.keys(fields).length ? { fields } : {}) });
  };
  return (
    <form class="foot before" aria-label={t('form-title')} onSubmit={submit}>
      <h2>{t('form-title')}</h2>
      {room.config.form.fields.map((field) => <Input key={field.name} field={room.config.form.before === 'required' ? field : { ...field, required: false }} />)}
      {room.config.privacy_url && <p><a href={room.config.privacy_url} target="_blank" rel="noopener noreferrer">{t('privacy')}</a></p>}
      <div class="row">
        <button class="main">{t('form-start')}</button>
        {room.config.form.before === 'optional' && <button type="button" class="quiet" onClick={() => begin({})}>{t('form-skip')}</button>}
      </div>
    </form>
  );
}

/** One id for one message, however often it has to be sent. */
let message = crypto.randomUUID();

export function OfflineForm({ room }: { room: ChatRoom }): Child {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void leaveMessage(room, message, { ...filled(form), text: String(new FormData(form).get('text')).trim() }).then((sent) => {
      if (!sent) return;
      message = crypto.randomUUID();
      form.reset();
    });
  };
  const known = room.visitor ?? room.verified;
  const own: Field[] = [{ name: 'name', label: '', kind: 'text', required: false }, { name: 'email', label: '', kind: 'email', required: true }];
  const more = room.config.form.fields.filter((field) => !OWN.has(field.name)).map((field) => ({ ...field, required: field.required && room.config.form.before === 'required' }));
  return (
    <main class="scroll">
      <form class="offline" aria-label={t('offline-title')} onSubmit={submit}>
        <h2>{t('offline-title')}</h2>
        <p dir="auto">{room.config.offline_text || `${status(room)}. ${t('offline-text')}`}</p>
        {own.map((field) => <Input key={field.name} field={field} value={(field.name === 'name' ? known?.name : known?.email) ?? ''} />)}
        {more.map((field) => <Input key={field.name} field={field} />)}
        <div class="field"><label for="field-text">{t('offline-message')}</label><textarea id="field-text" name="text" rows={4} required maxLength={room.config.longest_text} dir="auto" /></div>
        <Files room={room} />
        {room.notice && <p class="bad" role="alert">{said(room.notice.id)}</p>}
        <div class="row"><Attach room={room} /><button class="main" disabled={room.busy || room.config.preview}>{t('offline-send')}</button></div>
      </form>
    </main>
  );
}
