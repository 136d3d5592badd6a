// @ts-check
// npm run demo: every embedded plug-in and a pool, each in a line or two, on `v8`, and on `wasmedge` where a libwasmedge is present.
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await ensureDependencies();
  await build(
    ['process', 'wasi-crypto', 'httpsreq', 'wasi-nn-tflite'].map((name) => `@wasmedge-plugins/${name}...`),
  );
  const { show } = await import('./demo/show.mjs');
  return (await show()) ? 0 : 1;
});
