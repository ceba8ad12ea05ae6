import type { KnipConfig } from 'knip';

/** What no module imports: programs, what is compiled on its own, and what scripts load by its path. */
const entries = [
  'src/main/main.ts!',
  'src/headless/headless.ts!',
  'src/node/probe/probe-process.ts!',
  'src/preload/bridge.ts!',
  'src/renderer/{dashboard,quick}.tsx!',
  'src/renderer/gallery/gallery.tsx',
  'src/client/browser-entry.ts!',
  'src/client/node/node-entry.ts!',
  'src/{core/session,client/connection}-state-table.ts',
  'src/headless/testing/watching.ts',
  'src/node/server/testing/token-changer.ts',
  'bench/{*.bench,*-process,sampling-host,soak}.ts',
  'accuracy/accuracy.ts',
  'guides/site/site.ts',
  'scripts/*.mjs',
  'scripts/lib/package-hooks.mjs',
  'scripts/electron-launcher/launcher.mjs',
  // Named in electron-builder.yml.
  'scripts/lib/package-hooks.mjs',
];

/** The files that a style sheet names, as imports. */
const readStyleSheet = (text: string): string =>
  [...text.matchAll(/url\('([^.'][^']*)'\)/g)].map(([, path]) => `import '${path}';`).join('\n');

// Nothing is ignored by a pattern: what is found is removed.
const config: KnipConfig = {
  entry: entries,
  project: ['{src,e2e,bench,accuracy,guides,scripts}/**/*.{ts,tsx,mjs}', 'src/**/*.css', '*.config.{ts,js}'],
  compilers: { css: readStyleSheet },
  // A type that the signature of an export names belongs to that export's contract.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Programs that the code starts are the system's (mkfifo, mount); those of packages are started by their path.
  rules: { binaries: 'off' },
};

export default config;
