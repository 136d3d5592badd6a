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
});
