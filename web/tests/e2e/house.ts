// The real program for the tests: a fresh workspace in a temporary folder, a mail client, and a server that takes its mail.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const BINARY = process.env.RAPPORT_BIN ?? '../target/debug/rapport';
export const EMAIL = 'ann@lindenlark.example';
export const PASSWORD = 'correct horse battery';
export const MAILBOX = 'hello@lindenlark.example';

export const hasBinary = () => existsSync(BINARY);

export interface Caught {
  to: string[];
  raw: string;
}

/** One header, unfolded. */
export function header(raw: string, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim();
}

/** What an answer to this mail carries: whom it goes to, and the headers that a mail program writes. */
export function answering(raw: string): { to: string; headers: Record<string, string> } {
  const id = header(raw, 'Message-ID') ?? '';
  const back = header(raw, 'Reply-To') ?? header(raw, 'From') ?? '';
  return { to: /<([^>]+)>/.exec(back)?.[1] ?? back, headers: { 'In-Reply-To': id, References: id } };
}

/** Takes every mail and remembers it; speaks as little SMTP (RFC 5321) as a sender needs. */
class Sink {
  readonly caught: Caught[] = [];
  private server: Server | undefined;

  async start(): Promise<number> {
    this.server = createServer((socket) => this.serve(socket));
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  stop(): void {
    this.server?.close();
  }

  private serve(socket: Socket): void {
    let to: string[] = [];
    let data: string[] | null = null;
    socket.write('220 sink\r\n');
    socket.on('error', () => undefined);
    createInterface({ input: socket, crlfDelay: Infinity }).on('line', (line) => {
      if (data) {
        if (line !== '.') return void data.push(line.startsWith('.') ? line.slice(1) : line);
        this.caught.push({ to, raw: data.join('\r\n') });
        data = null;
        to = [];
        return void socket.write('250 kept\r\n');
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') to.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
      if (verb === 'DATA') data = [];
      if (verb === 'EHLO') socket.write('250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n');
      else socket.write(verb === 'DATA' ? '354 go on\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      if (verb === 'QUIT') socket.end();
    });
  }
}

export class House {
  url = '';
  readonly sink = new Sink();
  private readonly data = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
  private child: ChildProcess | undefined;
  private smtp = 0;

  /** `bare` leaves out what a shopkeeper would set up on the screen; the port of the outgoing server is told instead. */
  async start(bare = false): Promise<number> {
    const run = (words: string[], input = '') => execFileSync(BINARY, words, { input });
    run(['init', '--data', this.data, '--workspace', 'Linden & Lark', '--admin-email', EMAIL, '--admin-password-stdin'], `${PASSWORD}\n`);
    const port = await this.sink.start();
    if (!bare) run(['mailbox', 'add', '--data', this.data, '--address', MAILBOX]);
    if (!bare) run(['outgoing', '--data', this.data, '--host', '127.0.0.1', '--port', String(port), '--security', 'none']);
    this.child = spawn(BINARY, ['serve', '--data', this.data, '--listen', '127.0.0.1:0', '--smtp-listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done, failed) => {
      this.child?.once('exit', (code) => failed(new Error(`serve ended with ${code}`)));
      if (this.child?.stdout) createInterface({ input: this.child.stdout }).once('line', done);
    });
    const ready = JSON.parse(line) as { listen: string; smtp_listen: string };
    this.url = `http://${ready.listen}`;
    this.smtp = Number(ready.smtp_listen.split(':').at(-1));
    return port;
  }

  stop(): void {
    this.child?.removeAllListeners('exit');
    this.child?.kill();
    this.sink.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Sends a mail as any client would. */
  async mail(from: string, subject: string, text: string, more: { name?: string; html?: string; headers?: Record<string, string>; to?: string } = {}): Promise<void> {
    const body = more.html ?? text;
    const lines = [
      `From: "${more.name ?? ''}" <${from}>`,
      `To: <${more.to ?? MAILBOX}>`,
      `Subject: ${subject}`,
      `Date: ${new Date().toUTCString()}`,
      `Message-ID: <${Date.now()}.${Math.random().toString(36).slice(2)}@test.example>`,
      'MIME-Version: 1.0',
      `Content-Type: text/${more.html ? 'html' : 'plain'}; charset=utf-8`,
      'Content-Transfer-Encoding: 8bit',
      ...Object.entries(more.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
      '',
      ...body.split('\n').map((line) => (line.startsWith('.') ? `.${line}` : line)),
      '.',
    ];
    const steps = ['EHLO test', `MAIL FROM:<${from}>`, `RCPT TO:<${more.to ?? MAILBOX}>`, 'DATA', lines.join('\r\n'), 'QUIT'];
    await new Promise<void>((done, failed) => {
      const socket = createConnection(this.smtp, '127.0.0.1');
      socket.on('error', failed);
      socket.on('close', () => done());
      createInterface({ input: socket, crlfDelay: Infinity }).on('line', (line) => {
        if (/^\d{3}-/.test(line)) return;
        if (/^[45]/.test(line)) failed(new Error(line));
        const next = steps.shift();
        if (next) socket.write(`${next}\r\n`);
      });
    });
  }

  /** Waits until a mail to this address has come. */
  async caught(to: string, count = 1): Promise<Caught> {
    for (let i = 0; i < 300; i++) {
      const found = this.sink.caught.filter((mail) => mail.to.includes(to));
      const last = found.at(-1);
      if (found.length >= count && last) return last;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no mail number ${count} to ${to}`);
  }
}
