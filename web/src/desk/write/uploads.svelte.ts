// Files on their way up, with the limits told before the server has to.
import { ApiError, api } from '~/api/client';
import type { Attachment, Upload } from '~/api/types';
import { said, t } from '~/text/text.svelte';
import { bytes } from '~/text/time.svelte';

export const MAX_SIZE = 25_000_000;
export const MAX_FILES = 20;

export interface Item {
  key: string;
  name: string;
  size: number;
  state: 'sending' | 'there' | 'refused';
  upload: Upload | null;
}

/** Files that are on the server already, to have them again in a form that was left. */
export interface KeptFiles {
  items: readonly Upload[];
  inText: readonly number[];
}

export class Uploads {
  items = $state.raw<readonly Item[]>([]);
  trouble = $state<string | null>(null);
  /** Pictures that stand in the text; they go with the message all the same. */
  private inText: readonly number[] = [];

  get busy(): boolean {
    return this.items.some((item) => item.state === 'sending');
  }

  get ids(): number[] {
    return [...this.inText, ...this.items.flatMap((item) => (item.upload ? [item.upload.id] : []))];
  }

  /** How many bytes each file has that goes along beside the text. */
  get sizes(): number[] {
    return this.items.flatMap((item) => (item.state === 'refused' ? [] : [item.size]));
  }

  /** Sends a file up; gives it back when it is there. `hidden` ones become part of the text. */
  async add(file: File, hidden = false): Promise<Upload | null> {
    this.trouble = null;
    if (file.size > MAX_SIZE) {
      this.trouble = t('upload-too-large', { name: file.name, limit: bytes(MAX_SIZE) });
      return null;
    }
    if (this.items.length >= MAX_FILES) {
      this.trouble = t('upload-too-many', { n: MAX_FILES });
      return null;
    }
    const item: Item = { key: crypto.randomUUID(), name: file.name, size: file.size, state: 'sending', upload: null };
    this.items = [...this.items, item];
    try {
      const upload = await api.upload(file);
      if (hidden && upload.url) {
        this.drop(item.key);
        this.inText = [...this.inText, upload.id];
      } else this.mark(item.key, { state: 'there', upload });
      return upload;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.trouble = said(error.failure);
      this.mark(item.key, { state: 'refused' });
      return null;
    }
  }

  /** Files that are on the server already: those of something that was taken back. */
  resume(files: readonly Attachment[]): void {
    for (const { id, name, type, size, inline } of files) {
      if (!inline) this.items = [...this.items, { key: crypto.randomUUID(), name, size, state: 'there', upload: { id, name, type, size } }];
    }
  }

  get kept(): KeptFiles {
    return { items: this.items.flatMap((item) => item.upload ?? []), inText: this.inText };
  }

  again({ items, inText }: KeptFiles): void {
    this.items = items.map((upload) => ({ key: crypto.randomUUID(), name: upload.name, size: upload.size, state: 'there', upload }));
    this.inText = inText;
  }

  drop(key: string): void {
    this.items = this.items.filter((item) => item.key !== key);
  }

  clear(): void {
    this.items = [];
    this.inText = [];
    this.trouble = null;
  }

  private mark(key: string, change: Partial<Item>): void {
    this.items = this.items.map((item) => (item.key === key ? { ...item, ...change } : item));
  }
}
