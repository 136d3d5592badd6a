import { expect, it } from 'vitest';
import { UsageError } from '../errors.js';
import { choosePlugins } from './choose-plugins.js';

const guest = { imports: [], exports: [], hasStart: false } as unknown as Parameters<typeof choosePlugins>[1];

it('says how to choose where several backends would be native', async () => {
  const named = ['@wasmedge-plugins/wasi-nn-openvino', '@wasmedge-plugins/wasi-nn-tflite'];
  const wishes = { named, forbidden: [], provider: 'native', values: {} } as const;
  const chosen = choosePlugins(wishes, guest);
  await expect(chosen).rejects.toThrow(UsageError);
  await expect(chosen).rejects.toThrow(/one backend of WASI-NN.*--plugin wasi-nn-tflite\./);
  const one = await choosePlugins({ ...wishes, named: ['wasi-nn-tflite'] }, guest);
  expect(one.map(({ provider }) => provider)).toEqual(['native']);
  // WasmEdge has no plug-in for KServe's protocol.
  await expect(
    choosePlugins({ ...wishes, named: ['wasi-nn-tflite', 'wasi-nn-kserve'] }, guest),
  ).rejects.toThrow(/could use .*tflite, .*kserve\. Choose one, for example with --plugin wasi-nn-tflite\.$/);
  const all = choosePlugins({ ...wishes, named: ['wasi_nn'] }, guest);
  await expect(all).rejects.toThrow(
    /could use (?!.*kserve).*\. Choose one, for example with --plugin wasi-nn-\w+\.$/,
  );
});

it('refuses a plug-in that is named and forbidden', async () => {
  const wishes = { provider: 'embedded', values: {} } as const;
  const name = '@wasmedge-plugins/wasi-crypto';
  await expect(
    choosePlugins({ ...wishes, named: ['wasi_crypto'], forbidden: [name] }, guest),
  ).rejects.toThrow(/--plugin wasi_crypto names a plug-in that --forbidden-plugin forbids; omit one/);
  // Every backend but one.
  const some = await choosePlugins({ ...wishes, named: ['wasi_nn'], forbidden: ['wasi-nn-kserve'] }, guest);
  expect(some.length).toBeGreaterThan(1);
});
