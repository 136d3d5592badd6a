// @ts-check
// npm run lint [-- biome arguments]: installs what is missing, checks style and the directions of imports, so that CI can begin with it.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { run } from './lib/run.mjs';

try {
  await ensureDependencies();
  const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const cruiser = join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const style = await run(process.execPath, [biome, 'check', '.', ...process.argv.slice(2)]);
  const directions = await run(process.execPath, [
    cruiser,
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'],
    ...['packages', 'tools', 'examples'],
  ]);
  process.exitCode = style || directions;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
