// The register of settings: one line per section; its code and words come when it is opened.
import type { Component } from 'svelte';
import type { IconName } from '~/ui/icons';
import { desk } from '~/sync/desk.svelte';

export interface Section {
  /** Id of the panel on the server, `capability.name`; also the address. */
  id: string;
  /** Message id of the title, in settings.ftl. */
  title: string;
  group: 'start' | 'account' | 'people' | 'channels' | 'house';
  icon: IconName;
  /** The permission that its changes need. */
  grant?: string;
  /** Message ids of its settings, so that search finds them. */
  labels: readonly string[];
  load: () => Promise<{ default: Component<Record<string, never>> } | undefined>;
}

export const GROUPS = ['start', 'account', 'people', 'channels', 'house'] as const;

export const SECTIONS: readonly Section[] = [
  {
    id: 'first.steps', title: 'panel-first-steps', group: 'start', icon: 'spark', grant: 'workspace.change',
    labels: [],
    load: () => import('./start/Steps.svelte'),
  },
  {
    id: 'people.profile', title: 'panel-people-profile', group: 'account', icon: 'user',
    labels: ['profile-name', 'profile-locale', 'profile-zone'],
    load: () => import('./account/Profile.svelte'),
  },
  {
    id: 'email.signature', title: 'panel-email-signature', group: 'account', icon: 'note', grant: 'conversation.reply',
    labels: ['signature-preview'],
    load: () => import('./account/Signature.svelte'),
  },
  {
    id: 'notifications.mail', title: 'panel-notifications-mail', group: 'account', icon: 'mail',
    labels: ['notifications-mentioned', 'notifications-assigned', 'notifications-replied', 'notifications-unassigned', 'notifications-at-desk'],
    load: () => import('./account/Notifications.svelte'),
  },
  {
    id: 'people.security', title: 'panel-people-security', group: 'account', icon: 'shield',
    labels: ['password-change', 'sessions', 'sessions-end-others'],
    load: () => import('./account/Security.svelte'),
  },
  {
    id: 'people.tokens', title: 'panel-people-tokens', group: 'account', icon: 'code', grant: 'token.create',
    labels: ['token-new'],
    load: () => import('./account/Tokens.svelte'),
  },
  {
    id: 'people.agents', title: 'panel-people-agents', group: 'people', icon: 'user', grant: 'agent.change',
    labels: ['agents-invite', 'agents-pending', 'agent-role', 'agent-deactivate'],
    load: () => import('./people/Agents.svelte'),
  },
  {
    id: 'people.teams', title: 'panel-people-teams', group: 'people', icon: 'team', grant: 'team.change',
    labels: ['teams-new', 'group-members', 'group-archive'],
    load: () => import('./people/Teams.svelte'),
  },
  {
    id: 'people.hours', title: 'panel-people-hours', group: 'people', icon: 'clock', grant: 'team.set_hours',
    labels: ['hours-always', 'hours-week', 'hours-holidays'],
    load: () => import('./chat/Hours.svelte'),
  },
  {
    id: 'people.roles', title: 'panel-people-roles', group: 'people', icon: 'keys', grant: 'role.change',
    labels: ['role-new', 'role-may', 'role-reach'],
    load: () => import('./people/Roles.svelte'),
  },
  {
    id: 'email.mailboxes', title: 'panel-email-mailboxes', group: 'channels', icon: 'mail', grant: 'email.add_mailbox',
    labels: ['mailbox-new', 'mailbox-name', 'mailbox-team', 'mailbox-brand', 'mailbox-incoming', 'source-title', 'hook-title', 'mailbox-forward'],
    load: () => import('./email/Mailboxes.svelte'),
  },
  {
    id: 'email.outgoing', title: 'panel-email-outgoing', group: 'channels', icon: 'send', grant: 'email.set_outgoing',
    labels: ['outgoing-host', 'outgoing-port', 'outgoing-security', 'outgoing-username', 'outgoing-password', 'outgoing-from', 'outgoing-certificate', 'outgoing-test', 'file-links', 'accounts', 'ways'],
    load: () => import('./email/Outgoing.svelte'),
  },
  {
    id: 'email.looks', title: 'panel-email-looks', group: 'channels', icon: 'image', grant: 'email.set_look',
    labels: ['look-header', 'look-footer', 'look-accent', 'look-whose', 'look-brand-signature', 'look-css', 'look-test'],
    load: () => import('./email/Looks.svelte'),
  },
  {
    id: 'email.access', title: 'panel-email-access', group: 'channels', icon: 'keys', grant: 'email.set_outgoing',
    labels: ['access-app', 'access-connect'],
    load: () => import('./email/Access.svelte'),
  },
  {
    id: 'email.domains', title: 'panel-email-domains', group: 'channels', icon: 'globe', grant: 'email.set_outgoing',
    labels: ['domain-make', 'dns-spf', 'dns-dkim', 'dns-dmarc', 'dns-mx'],
    load: () => import('./email/Domains.svelte'),
  },
  {
    id: 'email.parked', title: 'panel-email-parked', group: 'channels', icon: 'alert', grant: 'email.add_mailbox',
    labels: ['unfetched-title'],
    load: () => import('./email/Parked.svelte'),
  },
  {
    id: 'email.trust', title: 'panel-email-trust', group: 'channels', icon: 'shield', grant: 'email.set_trust',
    labels: ['trust-hold-forged', 'trust-deceit', 'trust-files', 'trust-hosts', 'trust-hold-spam', 'trust-spam-points', 'trust-learn', 'trust-rspamd', 'trust-clamd', 'trust-hold-unscanned', 'trust-keep-days'],
    load: () => import('./email/Trust.svelte'),
  },
  {
    id: 'chat.widgets', title: 'panel-chat-widgets', group: 'channels', icon: 'chat', grant: 'chat.set',
    labels: ['widget-install', 'widget-origins', 'widget-color', 'widget-position', 'widget-launcher', 'widget-greeting', 'widget-offline', 'widget-before', 'widget-attachments', 'widget-trail', 'widget-privacy', 'widget-identity', 'widget-key'],
    load: () => import('./chat/Widgets.svelte'),
  },
  {
    id: 'chat.rules', title: 'panel-chat-rules', group: 'channels', icon: 'sliders', grant: 'chat.set',
    labels: ['chat-answer-within', 'chat-most', 'chat-mail-after', 'chat-end-after'],
    load: () => import('./chat/Rules.svelte'),
  },
  {
    id: 'people.workspace', title: 'panel-people-workspace', group: 'house', icon: 'house', grant: 'workspace.change',
    labels: ['workspace-name', 'workspace-locale', 'workspace-zone'],
    load: () => import('./house/Workspace.svelte'),
  },
  {
    id: 'people.brands', title: 'panel-people-brands', group: 'house', icon: 'tag', grant: 'brand.change',
    labels: ['brands-new', 'brand-members'],
    load: () => import('./people/Brands.svelte'),
  },
  {
    id: 'conversations.rules', title: 'panel-conversations-rules', group: 'house', icon: 'sliders', grant: 'conversation.set_rules',
    labels: ['rules-undo', 'rules-close', 'rules-give-up'],
    load: () => import('./house/Rules.svelte'),
  },
];

/** What this agent may open. A server that keeps a register of panels has the last word. */
export function open(section: Section): boolean {
  const panels = desk.session.panels;
  const own = section.id.split('.')[0] ?? '';
  const registered = panels?.some((panel) => panel.id.startsWith(`${own}.`)) ?? false;
  if (panels && registered && !panels.some((panel) => panel.id === section.id)) return false;
  return !section.grant || desk.may(section.grant);
}
