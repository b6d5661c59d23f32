// A contact while it is being written down: what the form holds and what goes to the server.
import type { LogChannel, Logged } from '~/api/contacts';
import type { Id, Status } from '~/api/types';
import { type KeptFiles, Uploads } from './uploads.svelte';
import { localTime, momentOf, secondsOf } from './facts';

export interface KeptLog {
  channel: LogChannel;
  direction: 'in' | 'out';
  /** Null where nobody touched it. */
  at: string | null;
  duration: string;
  html: string;
  key: string;
  files: KeptFiles;
}

export class Logging {
  channel = $state<LogChannel>('voice');
  direction = $state<'in' | 'out'>('in');
  at = $state(localTime(new Date()));
  duration = $state('');
  html = $state('');
  empty = $state(true);
  readonly uploads = new Uploads();
  /** One per contact, so that a repeated request is never a second contact. */
  key = crypto.randomUUID();
  private readonly began = this.at;

  get durationWrong(): boolean {
    return this.lasts && this.duration.trim() !== '' && secondsOf(this.duration) === null;
  }
  get timeWrong(): boolean {
    const at = momentOf(this.at);
    return at === null || at.getTime() > Date.now() + 5 * 60_000;
  }
  get lasts(): boolean {
    return this.channel !== 'letter';
  }
  get ready(): boolean {
    return (!this.empty || this.uploads.ids.length > 0) && !this.uploads.busy && !this.durationWrong && !this.timeWrong;
  }

  /** What the form holds, to have it again later; a time that nobody touched is now, whenever that is. */
  get kept(): KeptLog {
    const { channel, direction, duration, html, key } = this;
    return { channel, direction, duration, html, key, at: this.at === this.began ? null : this.at, files: this.uploads.kept };
  }

  again({ at, files, ...rest }: KeptLog): void {
    Object.assign(this, rest);
    if (at) this.at = at;
    this.empty = rest.html === '';
    this.uploads.again(files);
  }

  body(then: Status | null): Logged {
    const at = momentOf(this.at);
    const seconds = this.lasts && this.duration.trim() ? secondsOf(this.duration) : null;
    return {
      channel: this.channel,
      direction: this.direction,
      html: this.html,
      // Untouched, it happened now: the server's clock knows better than this one.
      ...(at && this.at !== this.began ? { occurred_at: at.toISOString() } : {}),
      ...(seconds === null ? {} : { duration_seconds: seconds }),
      ...(this.uploads.ids.length ? { upload_ids: this.uploads.ids } : {}),
      ...(then ? { then } : {}),
    };
  }
}

const begun = new Map<Id, Logging>();

/** The contact that was begun in this conversation; folding the form away loses nothing. */
export function loggingOf(conversation: Id): Logging {
  let found = begun.get(conversation);
  if (!found) begun.set(conversation, (found = new Logging()));
  return found;
}

export function forget(conversation: Id): void {
  begun.delete(conversation);
}
