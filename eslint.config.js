import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { roomZones } from './scripts/lib/rooms.mjs';

/** What each room may not import from outside the project. */
const electronOnly = { name: 'electron', message: 'Only src/main and src/preload know Electron.' };
const nodeOnly = { group: ['node:*'], message: 'This room has no Node.' };

/** Things that are used in one file each, so that their lifetime is decided in one place. */
const timers = ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
  name,
  message: 'Take a Clock or a TaskScope: raw timers live in system-clock.ts alone.',
}));
const sockets = [{ name: 'WebSocket', message: 'Raw sockets live in client/websocket-transport.ts alone.' }];
const ipcSyntax = [
  {
    selector: "ImportDeclaration[source.value='electron'] ImportSpecifier[imported.name='ipcMain']",
    message: 'ipcMain is used in main/ipc-endpoint.ts alone, which checks sender and payload.',
  },
  {
    selector: "CallExpression[callee.property.name='send'][callee.object.property.name='webContents']",
    message: 'webContents.send is used in main/ipc-endpoint.ts alone.',
  },
];

const textSyntax = [
  {
    selector: "CallExpression[callee.name='t']:not(:function CallExpression)",
    message: 'A text is asked for when it is shown: while a module loads its language is not known.',
  },
];

/** Words in the markup of a page are in a catalogue. Of attributes those are meant that somebody reads or hears. */
const words = /\p{Ll}{2}/u;
const spokenAttributes =
  /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label|note|reason|empty|verb|description|what)$/;
const literalWords = `:matches(Literal[value=${words}], TemplateLiteral[quasis.0.value.raw=${words}])`;
const wordSyntax = [
  `:matches(JSXElement[openingElement.name.name!='code'], JSXFragment) > JSXText[value=${words}]`,
  `JSXAttribute[name.name=${spokenAttributes}] > Literal[value=${words}]`,
  `JSXAttribute[name.name=${spokenAttributes}] > JSXExpressionContainer > ${literalWords}`,
  `JSXAttribute[name.name=${spokenAttributes}] > JSXExpressionContainer > ConditionalExpression > ${literalWords}`,
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > ${literalWords}`,
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > ${literalWords}`,
].map((selector) => ({ selector, message: 'Words that somebody reads come from a catalogue: t(…).' }));

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/', '.cache/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: roomZones }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: {
      'no-restricted-globals': ['error', ...timers, ...sockets],
      'no-restricted-syntax': ['error', ...ipcSyntax, ...textSyntax],
    },
  },
  {
    files: ['src/renderer/**/*.tsx'],
    // What is made up for the gallery is read by those who develop it.
    ignores: ['**/*.test.tsx', 'src/renderer/gallery/**'],
    rules: { 'no-restricted-syntax': ['error', ...ipcSyntax, ...textSyntax, ...wordSyntax] },
  },
  {
    files: ['src/{shared,core,client,renderer,preload}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [nodeOnly], paths: [electronOnly] }] },
  },
  {
    // What of the client runs in Node alone. The renderer has no reference to this project, so that it cannot import it.
    files: ['src/client/node/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [electronOnly] }] },
  },
  {
    files: ['src/{node,headless}/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [electronOnly] }] },
  },
  { files: ['src/preload/**/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [nodeOnly] }] } },
  {
    files: ['src/shared/lifecycle/system-clock.ts', 'src/client/websocket-transport.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  { files: ['src/main/ipc-endpoint.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/headless/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['src/**/*.tsx', 'src/renderer/**/*.ts'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      // Playwright's fixtures name their callback's parameter `use`, which is no hook.
      'react-hooks/rules-of-hooks': 'off',
      'no-empty-pattern': 'off',
    },
  },
  {
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off', 'import-x/no-default-export': 'off' },
  },
  { files: ['**/*.config.{ts,js}'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
);
