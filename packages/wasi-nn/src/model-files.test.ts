import { basename, dirname, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { modelFile, sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import type { Backend, LoadOrigin } from './backend.js';

const path = modelFile('sum 2');
const bytes = new TextEncoder().encode('sum 2');

/** A backend that tells where the models are that it is to load. */
function toldBackend() {
  const told: LoadOrigin[] = [];
  const sum = sumBackend();
  const backend: Backend = {
    ...sum,
    open(context) {
      const opened = sum.open(context);
      return {
        load(parts, target, config, origin) {
          told.push(origin);
          return opened.load(parts, target, config, origin);
        },
        [Symbol.dispose]: () => opened[Symbol.dispose](),
      };
    },
  };
  return { backend, told };
}

const fromHere = relative(process.cwd(), path);
const withDots = `${dirname(path)}/../${basename(dirname(path))}/sum-2`;
/** The ways in which the host names one file, and what the backend is told: `..` stays, since only the system knows what is above a link. */
const named = {
  path: [path, path],
  relative: [fromHere, `${process.cwd()}${sep}${fromHere}`],
  dots: [withDots, withDots],
  url: [pathToFileURL(path), path],
  bytes: [bytes, undefined],
} as const;

it('a backend is told where the host has a model that a guest names, by its absolute path', async () => {
  const { backend, told } = toldBackend();
  const models = Object.fromEntries(Object.entries(named).map(([name, [text]]) => [name, { text }]));
  const plugin = sumPlugin({ models, preload: [`preloaded:sum:cpu:${named.relative[0]}`] }, backend);
  using runtime = await createRuntime({ engine: 'v8', plugins: [plugin] });
  const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
  for (const name of [...Object.keys(named), 'preloaded']) {
    expect(await guest.exports.load_by_name(...(await guest.storeName(name)), 16), name).toBe(0);
  }
  const places = [...Object.values(named).map(([, place]) => place), named.relative[1]];
  expect(told).toEqual(places.map((place) => ({ model: 'host', config: 'host', files: [place] })));
});

it('a backend is told of no file of a model that a guest brings', async () => {
  const { backend, told } = toldBackend();
  using runtime = await createRuntime({ engine: 'v8', plugins: [sumPlugin({}, backend)] });
  const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
  await guest.loadModel();
  expect(told.map(({ model, files }) => ({ model, files }))).toEqual([{ model: 'guest', files: undefined }]);
});

it.each(Object.entries(named))(
  'a backend is told where a model of a session is, given as %s',
  async (_, [text, place]) => {
    const { backend, told } = toldBackend();
    using _session = await sumPlugin({}, backend).session({ text });
    expect(told).toEqual([{ model: 'host', config: 'host', files: [place] }]);
  },
);

it('bytes that would be taken for a path are no model of a backend that opens files itself', async () => {
  const { backend, told } = toldBackend();
  const plugin = sumPlugin({}, { ...backend, opensFiles: true });
  const text = new TextEncoder().encode('preload:/etc/hosts');
  await expect(plugin.session({ text })).rejects.toThrow(/begin with preload: and are none; name its file/);
  expect(told).toEqual([]);
});
