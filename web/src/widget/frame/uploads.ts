// Files that wait to go with the next message, with the limits told before the server has to.
import { Refused } from './api';
import type { ChatRoom } from './chat';
import { bytes } from './when';

const MOST = 5;

export interface Item {
  key: number;
  /** The server's id, once it is there. */
  id: number;
  name: string;
  state: 'sending' | 'there';
}

let last = 0;
/** Files that are being sent up, each until it is there or refused. */
export const underWay = new Set<Promise<void>>();

export async function addFiles(room: ChatRoom, files: readonly File[]): Promise<void> {
  room.fileTrouble = null;
  await room.enter();
  await Promise.all(files.map((file) => one(room, file)));
  room.changed();
}

async function one(room: ChatRoom, file: File): Promise<void> {
  const size = bytes(room.config.largest_file);
  if (file.size > room.config.largest_file) return refuse(room, 'file-large', { name: file.name, size });
  if (room.files.length >= MOST) return refuse(room, 'files-many', { n: MOST });
  if (room.config.preview) return;
  const item: Item = { key: ++last, id: 0, name: file.name, state: 'sending' };
  room.files = [...room.files, item];
  room.changed();
  try {
    const { id } = await send(room, file);
    room.files = room.files.map((known) => (known.key === item.key ? { ...known, id, state: 'there' } : known));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    dropFile(room, item.key);
    refuse(room, error.code === 'file_too_large' ? 'file-large' : 'file-failed', { name: file.name, size });
  }
  room.changed();
}

/** Begins between two deliveries, and never while the visitor is being named: a file belongs to whoever sent it. */
function send(room: ChatRoom, file: File): Promise<{ id: number }> {
  return new Promise((done, failed) => {
    room.outbox.between(() => {
      const sent = room.api.send<{ id: number }>('POST', `/uploads?${new URLSearchParams({ name: file.name || 'file' })}`, file).then(done, failed);
      underWay.add(sent);
      void sent.finally(() => underWay.delete(sent));
      return Promise.resolve();
    });
  });
}

function refuse(room: ChatRoom, id: string, args: Record<string, string | number>): void {
  room.fileTrouble = { id, args };
  room.changed();
}

export function dropFile(room: ChatRoom, key: number): void {
  room.files = room.files.filter((item) => item.key !== key);
  room.changed();
}
