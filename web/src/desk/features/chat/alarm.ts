// Sound, browser notice and title while a chat rings; nothing makes a noise before the agent has touched the page.
import type { ChatRow } from '~/api/chat';
import { t } from '~/text/text.svelte';
import { nameOf } from './deeds';

let context: AudioContext | undefined;

export function chime(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  const at = context.currentTime;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(0.16, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.9);
  gain.connect(context.destination);
  for (const [note, start] of [[523, 0], [659, 0.16], [784, 0.32]] as const) {
    const tone = context.createOscillator();
    tone.type = 'triangle';
    tone.frequency.value = note;
    tone.connect(gain);
    tone.start(at + start);
    tone.stop(at + 1);
  }
}

/** Tells of a chat outside of the page, when the agent allowed it and looks elsewhere. */
export function notify(chat: ChatRow, open: () => void): Notification | null {
  if (!('Notification' in window) || Notification.permission !== 'granted' || !document.hidden) return null;
  const notice = new Notification(t('chat-rings', { name: nameOf(chat) }), { body: chat.preview, tag: `chat-${chat.id}` });
  notice.onclick = () => {
    focus();
    notice.close();
    open();
  };
  return notice;
}
