// @ts-check
// npm run lint [-- biome arguments]: installs what is missing and checks style, so that CI can begin with it.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { run } from './lib/run.mjs';

try {
  await ensureDependencies();
  const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  process.exitCode = await run(process.execPath, [biome, 'check', '.', ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
