// End-to-end tests: `mock` against the built desk with its story, `real` against the program itself.
import { defineConfig } from '@playwright/test';

// Chosen once and handed to the workers, so that two runs beside each other don't meet.
const port = Number((process.env.RAPPORT_MOCK_PORT ??= String(20_000 + (process.pid % 20_000))));

export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  timeout: 30_000,
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
  projects: [
    { name: 'mock', testMatch: 'mock.spec.ts', use: { baseURL: `http://127.0.0.1:${port}` } },
    { name: 'settings', testMatch: 'settings.spec.ts', use: { baseURL: `http://127.0.0.1:${port}` } },
    { name: 'contacts', testMatch: 'contacts.spec.ts', use: { baseURL: `http://127.0.0.1:${port}` } },
    { name: 'thread', testMatch: ['thread.spec.ts', 'letters.spec.ts'] },
    { name: 'real', testMatch: ['real.spec.ts', 'shopkeeper.spec.ts'] },
    { name: 'chat', testMatch: ['chat.spec.ts', 'chats.spec.ts'] },
    { name: 'widget', testMatch: 'widget.spec.ts', use: { baseURL: `http://127.0.0.1:${port}` } },
    { name: 'demo', testMatch: 'demo.spec.ts' },
  ],
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/desk`,
    reuseExistingServer: false,
  },
});
