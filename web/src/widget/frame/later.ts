// The parts of the frame that are seldom needed, in one file that comes when the first of them is.
import style from './later.css?url&no-inline';

export * from './deeds';
export { ring } from './sound';
export { addFiles } from './uploads';
export { Address, Conversation, Earlier, Thanks } from './views/aside';
export { Files } from './views/files';
export { BeforeForm, OfflineForm } from './views/forms';
export { Menu } from './views/menu';

const link = document.createElement('link');
link.rel = 'stylesheet';
link.href = style;
document.head.append(link);
