// The files that wait to go with the next message.
import { type Child, Fragment, h } from '../draw';
import type { ChatRoom } from '../chat';
import { dropFile } from '../uploads';
import { t } from '../words';
import { Icon } from './Icon';

export function Files({ room }: { room: ChatRoom }): Child {
  const { files: items, fileTrouble: trouble } = room;
  return (
    <>
      {items.length > 0 && (
        <ul class="chips">
          {items.map((item) => (
            <li key={item.key} class={item.state}>
              <span dir="auto">{item.name}</span>
              {item.state === 'sending' && <span class="sr" role="status">{t('file-sending', { name: item.name })}</span>}
              <button type="button" aria-label={t('file-remove', { name: item.name })} onClick={() => dropFile(room, item.key)}><Icon name="x" /></button>
            </li>
          ))}
        </ul>
      )}
      {trouble && <p class="bad" role="alert">{t(trouble.id, trouble.args)}</p>}
    </>
  );
}
