// How mail of ours looks: of a brand, below one's own mail, and what a letter will be; files that go as links.
import { type Answer, call } from './client';
import type { Tried } from './house';
import type { Id, Time } from './types';

export type Whose = 'agent' | 'brand' | 'both';

export interface Look {
  header: string;
  footer: string;
  css: string;
  /** `#rrggbb`. */
  accent: string;
  signature: string;
  whose: Whose;
  language: string;
}

export interface LookShown {
  brand_id: Id;
  look: Look;
  version: number;
}

export interface Signature {
  html: string;
  version: number;
}

export interface Preview {
  html: string;
  text: string;
  /** Whose signature stands below it; null when there is none, or when the text ends with it already. */
  signed: Whose | null;
  /** The places of those files that go as links. */
  linked: number[];
  until: Time | null;
}

export interface FileLinks {
  on: boolean;
  over_mb: number;
  days: number;
}

export interface FileLink {
  attachment_id: Id;
  until: Time;
  ended: boolean;
}

const body = <T>(method: string, path: string, sent?: unknown) => call<T>(method, path, sent).then((answer) => answer.body);

export const lettersApi = {
  look: (brand: Id) => body<LookShown>('GET', `/brands/${brand}/mail-look`),
  saveLook: (brand: Id, look: Look, version: number): Promise<Answer<LookShown>> => call('PUT', `/brands/${brand}/mail-look`, look, { version }),
  previewLook: (brand: Id, look: Look) => body<Preview>('POST', `/brands/${brand}/mail-look/preview`, look),
  tryLook: (brand: Id, to: string, look: Look) => body<Tried>('POST', `/brands/${brand}/mail-look/test`, { to, look }),
  signature: () => body<Signature>('GET', '/profile/signature'),
  saveSignature: ({ html, version }: Signature): Promise<Answer<Signature>> => call('PUT', '/profile/signature', { html }, { version }),
  preview: (conversation: Id | null, html: string, files: number[]) => body<Preview>('POST', '/letters/preview', { html, files, ...(conversation === null ? {} : { conversation_id: conversation }) }),
  sent: (message: Id) => body<Preview>('GET', `/messages/${message}/letter`),
  fileLinks: () => body<FileLinks & { reaches_others: boolean }>('GET', '/file-links'),
  saveFileLinks: ({ on, over_mb, days }: FileLinks): Promise<Answer<FileLinks & { reaches_others: boolean }>> => call('PUT', '/file-links', { on, over_mb, days }),
  linksOf: (message: Id) => body<FileLink[]>('GET', `/messages/${message}/links`),
  endLinks: (message: Id): Promise<Answer<null>> => call('DELETE', `/messages/${message}/links`),
};
