// Compares what was built with budgets.json, in bytes after gzip; run `npm run build` first.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limits = JSON.parse(readFileSync('budgets.json', 'utf8'));
const page = readFileSync('dist/index.html', 'utf8');
const all = readdirSync('dist/assets');
// The chat frame is a program of its own.
const files = all.filter((file) => !/^(frame|later)-/.test(file));
const frame = all.filter((file) => file.startsWith('frame-') && /\.(js|css)$/.test(file));
const size = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
const sum = (list) => list.reduce((all, file) => all + size(file), 0);

const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((m) => m[1]);
// The largest language counts, since one always comes with the first load.
const words = files.filter((file) => /^desk-.*\.js$/.test(file)).map((file) => size(`assets/${file}`));
const scripts = files.filter((file) => file.endsWith('.js')).map((file) => `assets/${file}`);
const editor = scripts.filter((file) => /assets\/(editor|view)-/.test(file));
const lazy = scripts.filter((file) => !named.includes(file) && !editor.includes(file));

// The loader, and all that stands on the screen when a visitor opens the chat, in the largest language.
const largest = (list) => Math.max(...list.map((file) => size(`assets/${file}`)));
const chatWords = frame.filter((file) => /^frame-widget-(?!more)/.test(file));
const seldom = frame.filter((file) => /^frame-(later|widget-more)/.test(file));
const first = frame.filter((file) => !chatWords.includes(file) && !seldom.includes(file));

const measured = {
  'widget loader': size('widget.js'),
  'loader + frame': size('widget.js') + size('frame.html') + sum(first.map((file) => `assets/${file}`)) + largest(chatWords),
  // What the frame fetches when somebody needs it: forms, menu, files, earlier conversations.
  'frame, seldom': sum(seldom.filter((file) => !file.startsWith('frame-widget-more')).map((file) => `assets/${file}`)) + largest(seldom.filter((file) => file.startsWith('frame-widget-more'))),
  'first load JS': sum(named) + Math.max(...words),
  CSS: sum(files.filter((file) => file.endsWith('.css')).map((file) => `assets/${file}`)) + size('frame.css'),
  editor: sum(editor),
  'any lazy part': Math.max(...lazy.map(size)),
};

let over = 0;
for (const [name, limit] of Object.entries(limits)) {
  const bytes = measured[name];
  if (bytes > limit) over += 1;
  console.log(`${bytes > limit ? 'OVER' : 'ok  '} ${name.padEnd(14)} ${(bytes / 1000).toFixed(1).padStart(6)} kB of ${limit / 1000} kB`);
}
process.exit(over === 0 ? 0 : 1);
