// The register of settings: one line per section; its code and words come when it is opened.
import type { Component } from 'svelte';
import type { IconName } from '~/ui/icons';
import { desk } from '~/sync/desk.svelte';

export interface Section {
  /** Id of the panel on the server, `capability.name`; also the address. */
  id: string;
  /** Message id of the title, in settings.ftl. */
  title: string;
  group: 'account' | 'people' | 'channels' | 'house';
  icon: IconName;
  /** The permission that its changes need. */
  grant?: string;
  /** Message ids of its settings, so that search finds them. */
  labels: readonly string[];
  load: () => Promise<{ default: Component<Record<string, never>> } | undefined>;
}

export const GROUPS = ['account', 'people', 'channels', 'house'] as const;

export const SECTIONS: readonly Section[] = [
  {
    id: 'people.hours', title: 'panel-people-hours', group: 'people', icon: 'clock', grant: 'team.set_hours',
    labels: ['hours-always', 'hours-week', 'hours-holidays'],
    load: () => import('./chat/Hours.svelte'),
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
];

/** What this agent may open. A server that keeps a register of panels has the last word. */
export function open(section: Section): boolean {
  const panels = desk.session.panels;
  const own = section.id.split('.')[0] ?? '';
  const registered = panels?.some((panel) => panel.id.startsWith(`${own}.`)) ?? false;
  if (panels && registered && !panels.some((panel) => panel.id === section.id)) return false;
  return !section.grant || desk.may(section.grant);
}
