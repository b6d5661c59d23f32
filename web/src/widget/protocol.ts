// What the loader on the foreign page and the frame on ours say to each other. The frame has no storage of its own:
// browsers refuse it to embedded pages, so token and outbox lie in the host page's storage.

export interface WebPage {
  url: string;
  title: string;
}

export interface Visited extends WebPage {
  at: string;
}

/** A message that the server hasn't taken yet. */
export interface Waiting {
  /** The client's id: sending it again is never a double. */
  id: string;
  text: string;
  upload_ids: number[];
  /** Names of the files, to show them meanwhile. */
  files: string[];
  at: string;
  /** A verified visitor may go on with an earlier conversation. */
  conversation_id?: number;
}

/** What stays on the host page between visits. */
export interface Kept {
  token?: string | null;
  /** The number of the last line that was on screen. */
  seen?: number;
  muted?: boolean;
  outbox?: Waiting[];
}

export type ToFrame =
  | { rapport: 'start'; kept: Kept; open: boolean; page: WebPage | null; trail: Visited[] }
  | { rapport: 'open'; open: boolean }
  | { rapport: 'page'; page: WebPage; trail: Visited[] }
  | { rapport: 'identify'; identity: string }
  | { rapport: 'kept'; kept: Kept };

export type ToHost =
  | { rapport: 'ready' }
  | { rapport: 'close' }
  | { rapport: 'badge'; unread: number }
  | { rapport: 'keep'; change: Omit<Kept, 'outbox'> }
  | { rapport: 'put'; entry: Waiting }
  | { rapport: 'drop'; id: string }
  | { rapport: 'event'; name: string; detail?: unknown };
