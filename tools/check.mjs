// @ts-check
// npm run docs:check, release:check, install:check and site:check [-- vitest arguments]: builds the packages, or the site, and runs
// tools/*/<name>.check.mjs.
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { main, run } from './lib/run.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { describeLeftOut } from './setup/mode.mjs';

await main(async () => {
  const [name = '', ...more] = process.argv.slice(2);
  await ensureDependencies();
  if (name === 'site') {
    const code = await run(process.execPath, ['tools/site.mjs']);
    if (code !== 0) return code;
    const leftOut = await ensureChromium();
    if (leftOut !== undefined) console.log(describeLeftOut(leftOut));
  } else await build();
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root=tools',
    '--config=checks.vitest.config.ts',
  ];
  return run(process.execPath, [...vitest, `${name}.check`, ...more]);
});
