// Lint rules; the one that matters most keeps the features apart.
import { dirname, resolve } from 'node:path';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** No feature imports another: what they share lies in ui, sync, api, text or desk. */
const apart = {
  create(context) {
    const own = /\/features\/([^/]+)\//.exec(context.filename)?.[1];
    return {
      ImportDeclaration(node) {
        const from = String(node.source.value);
        const other = /features\/([^/]+)\//.exec(from.startsWith('.') ? resolve(dirname(context.filename), from) : from)?.[1];
        if (own && other && other !== own) {
          context.report({ node, message: `The feature “${own}” must not import “${other}”.` });
        }
      },
    };
  },
};

/** The lower rooms know nothing of the desk. */
const below = {
  create(context) {
    const room = /\/src\/(ui|sync|api|text|editor)\//.exec(context.filename)?.[1];
    return {
      ImportDeclaration(node) {
        const from = String(node.source.value);
        if (room && from.startsWith('~/desk/')) context.report({ node, message: `“${room}” must not import the desk.` });
        if (room === 'sync' && from.startsWith('~/ui/')) context.report({ node, message: 'The store draws nothing.' });
      },
    };
  },
};

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'public/', 'test-results/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    plugins: { rapport: { rules: { apart, below } } },
    rules: {
      'rapport/apart': 'error',
      'rapport/below': 'error',
      'max-lines': ['error', 400],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/prefer-writable-derived': 'off',
      'no-undef': 'off',
    },
  },
  {
    // JSX turns into calls of these.
    files: ['src/widget/**/*.tsx'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^(h|Fragment)$' }] },
  },
);
