// Names of what the program brings, in the agent's language; what people named keeps its name.
import { t, words } from '~/text/text.svelte';

export const roleName = (name: string) => (words.has(`role-name-${name}`) ? t(`role-name-${name}`) : name);
export const nounName = (noun: string) => (words.has(`grant-${noun}`) ? t(`grant-${noun}`) : noun);
