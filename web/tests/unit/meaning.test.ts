// What mail servers' answers mean.
import { expect, test } from 'vitest';
import { meaningOf } from '../../src/desk/features/thread/meaning';

test('an answer is understood by its enhanced status, else by its code, else not at all', () => {
  const table: [string, string | null][] = [
    ['bo@b.example: 550 5.1.1 User unknown', 'user-unknown'],
    ['550 5.1.10 RecipientNotFound', 'not-accept'],
    ['bo@b.example: 552 5.2.2 Over quota', 'mailbox-full'],
    ['452 4.2.2 Mailbox is full', 'mailbox-full'],
    ['bo@b.example: 450 4.7.1 Greylisted, try again', 'later'],
    ['451 4.3.0 Temporary lookup failure', 'later'],
    ['450 4.3.2 Not accepting now', 'system-error'],
    ['535 5.7.8 Authentication credentials invalid', 'security-error'],
    ['535 wrong password', 'security-error'],
    ['554 5.7.26 Unauthenticated mail', 'auth-failure'],
    ['550 5.7.25 No reverse name', 'require-ptr'],
    ['421 closing', 'system-error'],
    ['550 no', null],
    ['smtp.example.com can’t be reached: Connection refused', null],
    ['Sent from version 3.5.2', null],
  ];
  for (const [said, cause] of table) expect(meaningOf(said), said).toBe(cause);
});
