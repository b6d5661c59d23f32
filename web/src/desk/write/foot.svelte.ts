// What stands at the foot of a thread instead of the answer: a contact to log, a forward, an answer to a third party.
import type { Address, Attachment, Id, Message } from '~/api/types';

/** What a forward begins with. */
export interface Forwarding {
  kind: 'forward';
  ids: readonly Id[] | null;
  to?: string;
  html?: string;
  files?: readonly Attachment[];
  /** Opened by coming back: nobody asked for the focus. */
  quiet?: boolean;
}

/** Under which name a forward, or an answer to its reader, is kept while it is written. */
export const besideName = (agent: Id, conversation: Id, side?: Id) => `${agent}.beside.${conversation}.${side ?? 0}`;

export interface Answering {
  kind: 'side';
  side: { id: Id; party: Address };
  html?: string;
  files?: readonly Attachment[];
}

export type Doing = { kind: 'log' } | Forwarding | Answering;

class Foot {
  /** Null: the answer and the note have the place. */
  doing = $state.raw<Doing | null>(null);
  /** What was quoted in forwards of this visit, to have it again when one is taken back. */
  private readonly quoted = new Map<Id, readonly Id[]>();

  remember(message: Id, ids: readonly Id[]): void {
    this.quoted.set(message, ids);
  }

  /** A side message that was taken back: the form that it came from. */
  resume(message: Message, html: string, files: readonly Attachment[], first: boolean): void {
    const party = message.side?.party;
    if (message.side && party && !first) this.doing = { kind: 'side', side: message.side, html, files };
    else this.doing = { kind: 'forward', ids: this.quoted.get(message.id) ?? null, to: party?.address ?? '', html, files };
  }
}

export const foot = new Foot();
