// Builds the loader of the chat widget: one classic script that any page can take.
import { defineConfig } from 'vite';
import { brotli } from './build/brotli.ts';
import { compiledWords } from './build/words.ts';

export default defineConfig({
  plugins: [compiledWords(), brotli()],
  publicDir: false,
  build: {
    target: ['chrome111', 'firefox115', 'safari16.4'],
    emptyOutDir: false,
    lib: { entry: 'src/widget/loader.ts', formats: ['iife'], name: 'rapportLoader', fileName: () => 'widget.js' },
  },
});
