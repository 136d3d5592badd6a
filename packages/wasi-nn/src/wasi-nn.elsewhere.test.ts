import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, type Plugin, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { laterModel } from './__fixtures__/later-plugin.js';
import { modelFile, sumModel } from './__fixtures__/sum-plugin.js';

type Maker = (options: { readonly models: Readonly<Record<string, { readonly text: unknown }>> }) => Plugin;

const { first, second } = (await import(new URL('./__fixtures__/elsewhere.mjs', import.meta.url).href)) as {
  readonly first: Maker;
  readonly second: Maker;
};

it('several backends are made again elsewhere, with their models, and combined there', async () => {
  const bytes = laterModel('sum 2');
  const given = [
    first({ models: { a: { text: bytes } } }),
    second({ models: { b: { text: new URL(`file://${modelFile('sum 2')}`) } } }),
  ];
  bytes.fill(0);
  const packed = structuredClone(packPlugins({ plugins: given }));
  expect(packed.plugins.map((each) => each.export)).toEqual(['first', 'second']);
  const { plugins = [] } = await unpackPlugins(packed);
  using runtime = await createRuntime({ plugins, logger: () => {} });
  const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
  for (const name of ['a', 'b']) {
    expect(await guest.exports.load_by_name(...(await guest.storeName(name)), 16)).toBe(0);
    expect(
      await guest.add(
        await guest.createContext(await guest.number()),
        [1, 2, 3, 4, 5, 6],
        [1, 1, 1, 1, 1, 1],
      ),
    ).toEqual([2, 3, 4, 5, 6, 7]);
  }
  const [builders, count] = await guest.storeModel();
  expect(await guest.exports.load(builders, count, 3, 0, 16)).toBe(6);
});
