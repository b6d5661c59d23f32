// Marks of a message that its mail brought with it: what can't be shown, how it is protected, what it invites to.

// Which machine wrote: more than the word “automatic” says.
const MACHINES = ['delivery_report', 'read_receipt', 'complaint', 'absence', 'auto_reply', 'notice', 'bulk', 'rate_limited', 'acknowledgement'];
const PLAIN = ['by_mail', 'signed', 'invitation', 'invitation_cancelled', 'calendar_reply', 'calendar_event', 'forward_without_sender', 'forward_of_ours', ...MACHINES];
// An agent has handed it on; behind the colon stands the agent's name.
export const FORWARDED = 'forwarded_by:';
// An agent's mail that stays inside; behind the colon stands why.
export const PARKED = 'mail_parked:';
const GRAVE = [
  'unreadable', 'no_header', 'reader_failed', 'damaged', 'parts_cut', 'text_cut', 'too_deep', 'truncated', 'bad_encoding', 'bad_tnef',
  'addresses_cut', 'header_cut', 'odd_letters', 'encrypted', 'sealed',
];

/** Whether something is missing on the screen. */
export const isGrave = (mark: string): boolean => GRAVE.includes(mark) || mark.startsWith(PARKED);

/** The marks that are told in sentences, in the order in which the server gives them. */
export const troublesOf = (marks: readonly string[]): string[] => marks.filter((mark) => isGrave(mark) || PLAIN.includes(mark) || mark.startsWith(FORWARDED));

/** Whether a sentence says more than that a machine wrote. */
export const namesMachine = (marks: readonly string[]): boolean => marks.some((mark) => MACHINES.includes(mark) || mark === 'calendar_reply');
