// @ts-check
// npm run lint [-- biome arguments]: installs what is missing, checks style, the directions of imports, the register of packages, their
// manifests and the workflows, so that CI can begin with it.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  await ensureDependencies();
  const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const cruiser = join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const style = await run(process.execPath, [biome, 'check', '.', ...process.argv.slice(2)]);
  const directions = await run(process.execPath, [
    cruiser,
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'],
    ...['packages', 'tools', 'examples'],
  ]);
  const register = await run(process.execPath, ['tools/register.mjs', '--check']);
  const manifests = await run(process.execPath, ['tools/packaging/manifests.mjs', '--check']);
  const workflows = await run(process.execPath, ['tools/workflows.mjs']);
  return style || directions || register || manifests || workflows;
});
