// Requests of the frame: the token in a header, failures as a code.

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** Seconds to wait, when the server says so. */
    readonly wait: number,
  ) {
    super(code);
  }
  /** Nothing is known about it: it may be tried again. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function read(text: string): { error?: { code: string } } | null {
  try {
    return text ? (JSON.parse(text) as { error?: { code: string } }) : null;
  } catch {
    // A proxy's page: the status has to do.
    return null;
  }
}

export class Api {
  token: string | null = null;

  constructor(private readonly root: string) {}

  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const raw = body instanceof Blob;
    if (body !== undefined) headers['content-type'] = raw ? body.type || 'application/octet-stream' : 'application/json';
    let answer: Response;
    try {
      answer = await fetch(this.root + path, { method, headers, credentials: 'omit', ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }) });
    } catch {
      throw new Refused(0, 'offline', 0);
    }
    const text = await answer.text().catch(() => '');
    const found = read(text);
    if (!answer.ok) throw new Refused(answer.status, found?.error?.code ?? 'error', Number(answer.headers.get('retry-after')) || 0);
    return found as T;
  }
}
