// The mock's people, mailboxes and settings: enough of the server's rules that every screen can be tried.
import type { Confirmation, Group, GroupKind, Mailbox, Member, Outgoing, OwnSession, Parked, Pending, Role, Notifications, Rules, Token, Workspace } from '../src/api/house.ts';
import type { Hook, Source, Unfetched } from '../src/api/mailin.ts';
import { agents, brands, teams } from './story/people.ts';
import type { World } from './world.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const group = (one: { id: number; name: string }, usual = false): Group => ({ ...one, archived: false, version: 1, ...(usual ? { usual } : {}) });
const role = (id: number, name: string, grants: string[], built_in = true): Role => ({ id, name, grants, reach: 'all', built_in, version: 1 });

const GRANTS = [
  'agent.change', 'agent.create', 'agent.invite', 'brand.change', 'brand.create', 'brand.set_members', 'chat.answer', 'chat.ban', 'chat.pass', 'chat.set', 'chat.take', 'company.change', 'company.create',
  'conversation.assign', 'conversation.block', 'conversation.change', 'conversation.delete', 'conversation.follow', 'conversation.forward', 'conversation.join', 'conversation.mark_spam', 'conversation.note', 'conversation.read', 'conversation.reply', 'conversation.set_rules', 'conversation.set_status', 'conversation.start',
  'customer.change', 'customer.create', 'customer.merge', 'email.add_mailbox', 'email.remove_mailbox', 'email.set_look', 'email.set_outgoing', 'invitation.revoke', 'message.log', 'message.resend', 'message.withdraw', 'role.change', 'role.create', 'team.change', 'team.create', 'team.set_hours', 'team.set_members', 'token.create', 'token.revoke', 'workspace.change',
];

export class HouseMock {
  readonly grants = GRANTS;
  workspace: Workspace = { name: 'Linden & Lark', locale: 'en', time_zone: 'Europe/Berlin', version: 1 };
  notifications: Notifications = { mentioned: true, assigned: true, replied: true, unassigned: false, undelivered: true, at_desk: false, version: 0 };
  rules: Rules = { undo_send_seconds: 10, close_after_days: 28, give_up_after_hours: 96 };
  groups: Record<GroupKind, Group[]> = { teams: teams.map((team) => group(team)), brands: brands.map((brand) => group(brand, true)) };
  members = new Map<number, number[]>([[201, [101, 102]], [202, [103]], [203, [101, 104]], [1, agents.map((agent) => agent.id)]]);
  versions = new Map<number, number>();
  roles: Role[] = [role(1, 'owner', ['*']), role(2, 'admin', ['*']), role(3, 'agent', ['conversation.*', 'message.*', 'customer.*', 'company.*', 'token.*']), role(4, 'light_agent', ['conversation.note', 'conversation.read', 'conversation.follow']), role(5, 'Christmas help', ['conversation.note', 'conversation.reply', 'conversation.set_status', 'customer.*'], false)];
  pending: Pending[] = [{ id: 61, email: 'milan@lindenlark.example', name: 'Milan Horvat', role: 'agent', created_at: ago(60 * 30), expires_at: ago(-60 * 24 * 6) }];
  sessions: OwnSession[] = [
    { id: 71, device: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', created_at: ago(60 * 24 * 9), seen_at: ago(0), current: true },
    { id: 72, device: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1', created_at: ago(60 * 24 * 40), seen_at: ago(130), current: false },
    { id: 73, device: '', created_at: ago(60 * 24 * 80), seen_at: ago(60 * 24 * 21), current: false },
  ];
  tokens: Token[] = [{ id: 81, name: 'Stock list', created_at: ago(60 * 24 * 120) }];
  confirmations = new Map<number, Confirmation>();
  mailboxes: Mailbox[] = [{ id: 91, address: 'support@lindenlark.example', name: 'Linden & Lark', brand_id: 1, team_id: 201, version: 1, created_at: ago(60 * 24 * 400) },
    { id: 92, address: 'wholesale@lindenlark.example', name: 'Linden & Lark Wholesale', brand_id: 1, team_id: 201, version: 1, created_at: ago(60 * 24 * 9) }];
  outgoing: (Outgoing & { password: string }) | null = { host: 'smtp.lindenlark.example', port: 587, security: 'starttls', username: 'support@lindenlark.example', has_password: true, password: 'kept', from: null, trusted_certificate: null };
  parked: Parked[] = [
    { id: 99, job: 'email.read', cause: 'the part 3 says base64, but byte 10422 is none', attempts: 12, created_at: ago(190), mail: { sender: 'newsletter@roastery-supply.example', recipients: ['support@lindenlark.example'], size: 88_120, received_at: ago(200) } },
    { id: 98, job: 'people.mail', cause: '451 4.7.1 try again later', attempts: 12, created_at: ago(60 * 26) },
  ];

  sources = new Map<number, Source>([
    [91, {
      mailbox_id: 91, protocol: 'imap', host: 'imap.lindenlark.example', port: 993, security: 'tls', username: 'support@lindenlark.example', trusted_certificate: null,
      folders: ['INBOX'], sent_folder: 'Sent', afterwards: 'keep', move_to: null, keep_days: 0, history_days: 30, connected_at: ago(60 * 24 * 30), version: 1,
      tried_at: ago(1), fetched_at: ago(1), newest_at: ago(14), failing_since: null, error_code: null, error: null, waiting: 0,
    }],
    [92, {
      mailbox_id: 92, protocol: 'imap', host: 'imap.lindenlark.example', port: 993, security: 'tls', username: 'wholesale@lindenlark.example', trusted_certificate: null,
      folders: ['INBOX'], sent_folder: null, afterwards: 'seen', move_to: null, keep_days: 0, history_days: 0, connected_at: ago(60 * 24 * 9), version: 1,
      tried_at: ago(6), fetched_at: ago(190), newest_at: ago(210), failing_since: ago(180), error_code: 'source_login', error: 'imap.lindenlark.example refuses the user name or the password: [AUTHENTICATIONFAILED] Invalid credentials', waiting: 0,
    }],
  ]);
  hooks = new Map<number, Hook>();
  unfetched: Unfetched[] = [{ id: 97, mailbox_id: 91, address: 'support@lindenlark.example', folder: 'INBOX', cause: 'imap.lindenlark.example answers: [SERVERBUG] Internal error occurred. Refer to server log for more information.', tries: 4, at: ago(22) }];

  constructor(private readonly world: World) {}

  member(id: number): Member | undefined {
    const agent = this.world.agents.find((one) => one.id === id);
    return agent && { ...agent, version: this.versions.get(id) ?? 1 };
  }

  saveMember(id: number, change: Partial<Member>): Member {
    this.world.agents = this.world.agents.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.versions.set(id, (this.versions.get(id) ?? 1) + 1);
    return this.member(id)!;
  }
}
