// A visitor in a browser of its own: the shop's page, the launcher's API, and the frame in its closed shadow root.
import { type Browser, type BrowserContext, expect, type Frame, type Page } from '@playwright/test';

export class Visitor {
  readonly troubles: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** Comes to a page; storage of embedded pages is refused, as browsers refuse it to third parties. */
  static async comes(browser: Browser, url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visitor> {
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
    await context.addInitScript(() => {
      if (self === top) return;
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(self, name, { get: () => { throw new DOMException('refused', 'SecurityError'); } });
    });
    const page = await context.newPage();
    const visitor = new Visitor(context, page);
    page.on('pageerror', (error) => visitor.troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/^Failed to load resource|WebSocket connection|ERR_INTERNET/.test(message.text())) visitor.troubles.push(message.text());
    });
    await page.goto(url);
    return visitor;
  }

  async opens(): Promise<Frame> {
    await this.page.waitForFunction(() => 'Rapport' in window);
    await this.page.evaluate(() => (window as unknown as { Rapport: { open(): void } }).Rapport.open());
    return this.frame();
  }

  async frame(): Promise<Frame> {
    const found = () => this.page.frames().find((frame) => /\/chat\/[\w-]+/.test(frame.url()));
    await expect.poll(() => found() !== undefined).toBe(true);
    return found()!;
  }

  async says(text: string): Promise<void> {
    const frame = await this.frame();
    await frame.getByRole('textbox', { name: 'Your message' }).fill(text);
    await frame.getByRole('textbox', { name: 'Your message' }).press('Enter');
  }

  /** What stands in the thread, in order. */
  async lines(): Promise<string[]> {
    return (await this.frame()).locator('.line .bubble').allInnerTexts();
  }

  /** What the host page keeps. */
  kept(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() => Object.fromEntries(Object.keys(localStorage).map((key) => [key, JSON.parse(localStorage.getItem(key) ?? 'null') as unknown])));
  }
}
