/**
 * Bundles the command line and the library into dist/; rarely needed parts become chunks of their own. What is named
 * besides, as in "run=src/cli/run.ts", is put beside them.
 */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const more = Object.fromEntries(process.argv.slice(2).map((entry) => entry.split('=')));
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', ...more },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" },
  logLevel: 'warning',
});
chmodSync('dist/cli.js', 0o755);
