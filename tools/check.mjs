// @ts-check
// npm run docs:check, release:check and install:check [-- vitest arguments]: builds the packages and runs tools/*/<name>.check.mjs.
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  const [name = '', ...more] = process.argv.slice(2);
  await ensureDependencies();
  await build();
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root=tools',
    '--config=checks.vitest.config.ts',
  ];
  return run(process.execPath, [...vitest, `${name}.check`, ...more]);
});
