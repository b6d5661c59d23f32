// Builds the chat frame: small parts without the help that the desk's parts bring, and the page that names them.
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { compiledWords } from './build/words.ts';

/** Writes the frame's page with the names that the build gave to its parts. */
function page(): Plugin {
  return {
    name: 'frame-page',
    enforce: 'post',
    generateBundle(_, bundle) {
      const parts = Object.values(bundle);
      const script = parts.find((part) => part.type === 'chunk' && part.isEntry)?.fileName ?? '';
      const style = parts.find((part) => part.fileName.startsWith('assets/frame-') && part.fileName.endsWith('.css'))?.fileName ?? '';
      const links = `<link rel="stylesheet" href="/${style}" />\n    <script type="module" src="/${script}"></script>`;
      const source = readFileSync('frame.html', 'utf8').replace(/\s*<script[^]*<\/script>/, '').replace('</head>', `  ${links}\n  </head>`);
      this.emitFile({ type: 'asset', fileName: 'frame.html', source });
    },
  };
}

export default defineConfig({
  plugins: [compiledWords(), page()],
  publicDir: false,
  resolve: { alias: { '~': new URL('./src', import.meta.url).pathname } },
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    emptyOutDir: false,
    lib: { entry: 'src/widget/frame/main.tsx', formats: ['es'], cssFileName: 'frame' },
    rolldownOptions: {
      preserveEntrySignatures: false,
      output: { minify: true, entryFileNames: 'assets/frame-[hash].js', chunkFileNames: 'assets/frame-[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  },
});
