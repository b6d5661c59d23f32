// Takes pictures of every screen: `npm run look -- <folder> [name,name…] [en,de,ar,pseudo] [light,dark] [wide,phone]`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, screens, serve, visit } from './shots.mjs';

const [folder, names = 'all', locales = 'en,de,ar', themes = 'light,dark', sizes = 'wide,phone'] = process.argv.slice(2);
if (!folder) {
  console.error('Name a folder for the pictures.');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const SIZES = { wide: [1440, 900], middle: [1000, 800], phone: [390, 844] };
const server = await serve();
const browser = await launch();
let troubled = 0;
try {
  for (const screen of screens.filter((s) => names === 'all' || names.split(',').includes(s.name))) {
    for (const locale of locales.split(',')) for (const theme of themes.split(',')) for (const size of sizes.split(',')) {
      const [width, height] = SIZES[size];
      const desk = await open(browser, { url: server.url, shop: server.shop, locale, theme, width, height, signedOut: screen.signedOut });
      const file = `${screen.name}-${locale}-${theme}-${size}.png`;
      try {
        await visit(desk, screen);
      } catch (error) {
        desk.troubles.push(String(error).split('\n')[0]);
      }
      await desk.page.screenshot({ path: join(folder, file) });
      for (const trouble of desk.troubles) {
        troubled += 1;
        console.log(`${file}: ${trouble}`);
      }
      await desk.context.close();
    }
  }
} finally {
  await browser.close();
  server.stop();
}
console.log(troubled === 0 ? 'no console errors' : `${troubled} console errors`);
process.exit(troubled === 0 ? 0 : 1);
