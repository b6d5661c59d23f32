// Blocking and letting in again, each with its way back: one place for keys, menus and the panel.
import { ApiError } from '~/api/client';
import { contactsApi } from '~/api/contacts';
import type { Customer, Row } from '~/api/types';
import { closeThread } from '~/desk/verbs';
import { desk } from '~/sync/desk.svelte';
import { said, t } from '~/text/text.svelte';
import { toasts } from '~/ui/toasts.svelte';

/** Runs it; says why not, when it can't be. */
export async function attempt<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toasts.say(said(error.failure), { tone: 'bad' });
    return null;
  }
}

const reload = (row: Row) => void desk.threads.load(desk.threads.open(row.number));

export async function spamAndBlock(row: Row, domain: boolean): Promise<void> {
  const done = await attempt(() => contactsApi.spamAndBlock(row.id, domain));
  if (!done) return;
  desk.rows.put(done.body, true);
  desk.rows.expect(row.id);
  desk.did(t('done-blocked-spam'), done.undo, () => reload(row), row.id);
  closeThread();
  desk.threads.doubt(null);
}

export async function block(customer: Customer, changed: (blocked: boolean) => void): Promise<void> {
  const done = await attempt(() => contactsApi.block(customer.id));
  if (!done) return;
  changed(true);
  desk.did(t('done-blocked'), done.undo, () => changed(false));
}

export async function unblock(customer: Customer, changed: (blocked: boolean) => void): Promise<void> {
  const done = await attempt(() => contactsApi.unblock(customer.id));
  if (!done) return;
  changed(false);
  desk.did(t('done-unblocked'), done.undo, () => changed(true));
}
