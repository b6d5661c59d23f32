// Runs axe over every screen in both themes, in English and from right to left; any violation fails.
// `npm run axe -- widget,chat` takes only those whose name begins so.
import { createRequire } from 'node:module';
import { chatFrame, launch, open, screens, serve, visit } from './shots.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const server = await serve();
const browser = await launch();
let violations = 0;
let checked = 0;
try {
  const names = process.argv[2]?.split(',');
  for (const screen of screens.filter((one) => !names || names.some((name) => one.name.startsWith(name)))) {
    for (const [theme, locale, width] of [['light', 'en', 1440], ['dark', 'en', 1440], ['light', 'ar', 390], ['dark', 'pseudo', 390]]) {
      const desk = await open(browser, { url: server.url, shop: server.shop, theme, locale, width, signedOut: screen.signedOut });
      await visit(desk, screen);
      // Through the debugger, since the page's own policy lets no foreign script in.
      const source = await import('node:fs').then((fs) => fs.readFileSync(axe, 'utf8'));
      const place = screen.shop ? await chatFrame(desk.page) : desk.page;
      await place.evaluate(source);
      const found = await place.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
      checked += 1;
      for (const violation of found.violations) {
        violations += 1;
        console.log(`${screen.name} ${theme} ${locale} ${width}: ${violation.id}: ${violation.help}`);
        for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 160)}\n    ${node.failureSummary?.split('\n').slice(1, 2).join(' ')}`);
      }
      for (const trouble of desk.troubles) {
        violations += 1;
        console.log(`${screen.name} ${theme} ${locale}: ${trouble}`);
      }
      await desk.context.close();
    }
  }
} finally {
  await browser.close();
  server.stop();
}
console.log(`${checked} screens, ${violations} violations`);
process.exit(violations === 0 ? 0 : 1);
