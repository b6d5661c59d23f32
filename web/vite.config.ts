// Builds the desk: strict, self-contained files that the binary embeds.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { mock } from './mock/plugin.ts';

/** Puts a brotli copy beside every text file, so that the server never compresses at run time. */
function brotli(): Plugin {
  return {
    name: 'brotli',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg|json|ftl)$/.test(entry)) continue;
        const file = join('dist', entry);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), brotli(), mock()],
  resolve: {
    alias: {
      '~': new URL('./src', import.meta.url).pathname,
      $locales: new URL('../locales', import.meta.url).pathname,
    },
  },
  server: { port: 5173, fs: { allow: ['..'] } },
  preview: { port: 4173 },
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // A data: address would break the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'editor', test: /node_modules[\\/](prosemirror-|orderedmap|rope-sequence|w3c-keyname)/ }],
        },
      },
    },
  },
  test: { environment: 'node', include: ['tests/unit/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
