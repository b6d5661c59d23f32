// Builds the desk and the chat frame: strict, self-contained files that the binary embeds.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { brotli } from './build/brotli.ts';
import { compiledWords } from './build/words.ts';
import { mock } from './mock/plugin.ts';

export default defineConfig({
  plugins: [compiledWords(), svelte(), brotli(), mock()],
  resolve: {
    alias: {
      '~': new URL('./src', import.meta.url).pathname,
      $locales: new URL('../locales', import.meta.url).pathname,
    },
  },
  // Only the chat frame is written in JSX.
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
  server: { port: 5173, fs: { allow: ['..'] } },
  preview: { port: 4173 },
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // A data: address would break the content security policy.
    assetsInlineLimit: 0,
    // Forty small sheets pack badly: one holds all of the desk's within its budget.
    cssCodeSplit: false,
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
