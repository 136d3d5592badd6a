import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'tsup';

/** Compiles source files to `<folder>/<name>.js`, as the build of the package does. For what must run without the test runner. */
export async function compile(files: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const entry = Object.fromEntries(files.map((file) => [basename(file, '.ts'), file]));
  // Dependencies stay imports wherever the tests were started: tsup looks for their names in the working folder.
  const options = {
    config: false,
    format: 'esm',
    target: 'node20',
    skipNodeModulesBundle: true,
    silent: true,
  } as const;
  await build({ ...options, entry, outDir: folder });
}
