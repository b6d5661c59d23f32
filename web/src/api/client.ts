// One door to the server: typed requests, errors as values a person can read, undo ids.
import type {
  Address, Agent, Boot, Conversation, Customer, Draft, Failure, Found, Id, Message, Page, Recipients, Row, Started, TimelineEntry, Upload, View, ViewId,
} from './types';

/** A refusal or a broken connection. `code` is stable and translated; `offline` means that it may be tried again. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly failure: Failure,
  ) {
    super(failure.message);
  }
  get code(): string {
    return this.failure.code;
  }
  get offline(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export interface Extra {
  key?: string;
  version?: number;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  undo: string | null;
}

let signedOut: () => void = () => {};

/** Called once by the desk: what to do when the session has ended. */
export function onSignedOut(run: () => void): void {
  signedOut = run;
}

const early = new Map<string, Promise<Response>>();

/** Asks ahead of time for what the first screen will need, beside the session instead of after it. */
export function askEarly(path: string): void {
  const asked = fetch(`/api${path}`, { headers: { accept: 'application/json' } });
  asked.catch(() => undefined);
  early.set(path, asked);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  // Whatever is changed (signing in, first of all) makes old answers worthless.
  if (init.method !== 'GET') early.clear();
  const asked = early.get(path);
  early.delete(path);
  const answer = await asked?.catch(() => undefined);
  return answer?.ok ? answer : fetch(`/api${path}`, init);
}

async function failure(response: Response): Promise<ApiError> {
  let found: Failure = { kind: 'internal', code: 'unreadable', message: response.statusText || String(response.status) };
  try {
    const body = (await response.json()) as { error?: Failure };
    if (body.error) found = body.error;
  } catch {
    // A proxy's page instead of our envelope: the status alone has to do.
  }
  return new ApiError(response.status, found);
}

export async function call<T>(method: string, path: string, body?: unknown, extra: Extra = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  let payload: BodyInit | null = null;
  if (body instanceof Blob) {
    payload = body;
    headers['content-type'] = body.type || 'application/octet-stream';
  } else if (body !== undefined) {
    payload = JSON.stringify(body);
    headers['content-type'] = 'application/json';
  }
  if (extra.key) headers['idempotency-key'] = extra.key;
  if (extra.version !== undefined) headers['if-match'] = `"${extra.version}"`;
  let response: Response;
  try {
    response = await send(path, { method, headers, body: payload, signal: extra.signal ?? null });
  } catch (cause) {
    if (extra.signal?.aborted) throw cause;
    throw new ApiError(0, { kind: 'unavailable', code: 'offline', message: 'The server can’t be reached.' });
  }
  if (!response.ok) {
    const error = await failure(response);
    if (response.status === 401 && path !== '/session') signedOut();
    throw error;
  }
  const text = response.status === 204 ? '' : await response.text();
  return { body: (text ? JSON.parse(text) : null) as T, undo: response.headers.get('rapport-undo') };
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>('GET', path, undefined, signal ? { signal } : {})).body;
}

const query = (params: Record<string, string | null | undefined>) => {
  const used = Object.entries(params).filter((p): p is [string, string] => p[1] != null && p[1] !== '');
  return used.length ? `?${new URLSearchParams(used)}` : '';
};

export const api = {
  session: () => get<Boot>('/session'),
  signIn: (email: string, password: string) => call<Boot>('POST', '/session', { email, password }).then((a) => a.body),
  signOut: () => call<null>('DELETE', '/session'),
  profile: (body: { name: string; locale: string | null; time_zone: string | null }) => call<Agent>('PUT', '/profile', body).then((a) => a.body),
  askReset: (email: string) => call<null>('POST', '/password-resets', { email }),
  reset: (token: string, password: string) => call<null>('POST', `/password-resets/${encodeURIComponent(token)}`, { password }),
  invitation: (token: string) => get<{ email: string; name: string; workspace: string }>(`/invitations/${encodeURIComponent(token)}`),
  accept: (token: string, name: string, password: string) =>
    call<Boot>('POST', `/invitations/${encodeURIComponent(token)}`, { name, password }).then((a) => a.body),

  views: () => get<View[]>('/views'),
  rows: (view: ViewId, cursor?: string | null) => get<Page<Row>>(`/conversations${query({ view, cursor })}`),
  conversation: (number: number, signal?: AbortSignal) => get<Conversation>(`/conversations/by-number/${number}`, signal),
  older: (id: Id, cursor: string) => get<Page<Message>>(`/conversations/${id}/messages${query({ cursor })}`),
  recipients: (id: Id, asked: { channel?: string | null; audience?: string } = {}) => get<Recipients>(`/conversations/${id}/recipients${query(asked)}`),
  start: (body: unknown, key: string) => call<Started>('POST', '/conversations', body, { key }).then((a) => a.body),
  change: (id: Id, what: string, body: unknown, version?: number) =>
    call<Row>('PUT', `/conversations/${id}/${what}`, body, version === undefined ? {} : { version }),
  remove: (id: Id) => call<Row>('DELETE', `/conversations/${id}`),
  restore: (id: Id) => call<Row>('POST', `/conversations/${id}/restoration`, {}),
  join: (id: Id, into: Id) => call<Row>('POST', `/conversations/${id}/join`, { into }),
  read: (id: Id, message_id: Id | null) => call<null>('PUT', `/conversations/${id}/read`, { message_id }),
  reply: (id: Id, body: unknown, key: string) => call<Message>('POST', `/conversations/${id}/messages`, body, { key }),
  note: (id: Id, body: unknown, key: string) => call<Message>('POST', `/conversations/${id}/notes`, body, { key }),
  keepDraft: (id: Id, draft: { mode: string; html: string; to?: Address[]; cc?: Address[] }) =>
    call<Draft>('PUT', `/conversations/${id}/draft`, draft).then((a) => a.body),
  dropDraft: (id: Id) => call<null>('DELETE', `/conversations/${id}/draft`),
  withdraw: (message: Id) => call<Draft>('POST', `/messages/${message}/withdrawal`, {}).then((a) => a.body),
  resend: (message: Id) => call<Message>('POST', `/messages/${message}/resend`, {}).then((a) => a.body),
  undo: (id: string) => call<null>('POST', `/undos/${encodeURIComponent(id)}`, {}),
  upload: (file: File) => call<Upload>('POST', `/uploads${query({ name: file.name })}`, file).then((a) => a.body),

  customers: (q: string, signal?: AbortSignal) => get<Page<Customer>>(`/customers${query({ q })}`, signal),
  customer: (id: Id) => get<Customer>(`/customers/${id}`),
  saveCustomer: (id: Id, body: unknown, version: number) => call<Customer>('PUT', `/customers/${id}`, body, { version }).then((a) => a.body),
  customerRows: (id: Id) => get<Page<Row>>(`/customers/${id}/conversations`),
  timeline: (id: Id) => get<Page<TimelineEntry>>(`/customers/${id}/timeline`),
  search: (q: string, cursor?: string | null, signal?: AbortSignal) => get<Found>(`/search${query({ q, cursor })}`, signal),
};
