import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../../../..');

/** Builds the entry of the probe process into a cache folder of that name, and says where it is. */
export async function buildProbe(name: string): Promise<string> {
  const outDir = join(root, 'node_modules/.cache', name);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'src/node/probe/probe-process.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { external: ['systeminformation'] },
    },
  });
  return join(outDir, 'probe-process.js');
}
