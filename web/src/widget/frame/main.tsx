// The frame's first line: config and words, then the room is drawn anew whenever something changed.
import { draw, h } from './draw';
import './style.css';
import { ChatRoom } from './chat';
import type { Config } from './types';
import { App } from './views/App';
import { keepEnd } from './views/scroll';
import { speak } from './words';

async function begin(): Promise<void> {
  const found = document.getElementById('config')?.textContent;
  const root = document.getElementById('chat');
  if (!found || !root) return;
  const config = JSON.parse(found) as Config;
  document.documentElement.style.setProperty('--brand', config.color);
  document.documentElement.style.setProperty('--brand-ink', config.ink);
  await speak([...navigator.languages, config.locale]);
  let due = false;
  const again = () => {
    due = false;
    const stay = keepEnd();
    draw(root, [<App room={room} />]);
    stay();
  };
  const room: ChatRoom = new ChatRoom(config, () => {
    if (due) return;
    due = true;
    queueMicrotask(again);
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) room.close();
  });
  again();
}

void begin();
