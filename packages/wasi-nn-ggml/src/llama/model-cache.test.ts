import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { modelBytes, modelUrl } from '../../conformance/models.js';
import type { LlamaState } from './llama-state.js';
import { ModelCache } from './model-cache.js';
import { ModelFile } from './model-file.js';

const settings = { gpuLayers: 0, useMmap: true, useMlock: false, checkTensors: false, metadata: {} };
const others = { ...settings, useMmap: false };

let folder: string;
let loads: string[];
let models: ModelCache;
let stuck: WeakSet<object>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-cache-'));
  copyFileSync(modelUrl, join(folder, 'm.gguf'));
  loads = [];
  stuck = new WeakSet();
  // What loads the models is all that is asked of llama.cpp here.
  const llama = {
    async loadModel({ modelPath }: { modelPath: string }) {
      loads.push(modelPath);
      return { fileInfo: { metadata: {} }, dispose: async () => {} };
    },
  };
  models = new ModelCache({
    llama,
    take() {},
    free() {},
    passDoubt() {},
    maybeUndisposable: stuck,
  } as unknown as LlamaState);
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (path: string) => new ModelFile(new TextEncoder().encode(`preload:${folder}/${path}`), true);

it.skipIf(process.platform === 'win32')('loads a file once, whatever it is called', async () => {
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  symlinkSync('a/b', join(folder, 'above'));
  symlinkSync('m.gguf', join(folder, 'link.gguf'));
  linkSync(join(folder, 'm.gguf'), join(folder, 'a/hard.gguf'));
  const names = ['m.gguf', './m.gguf', 'a/../m.gguf', 'link.gguf', 'a/hard.gguf', 'above/../hard.gguf'];
  const taken = await Promise.all(names.map((name) => models.take(file(name), settings)));
  expect(loads).toHaveLength(1);
  expect(new Set(taken.map(({ model }) => model)).size).toBe(1);
  await models.take(file('m.gguf'), others);
  expect(loads, 'with other settings it is another model').toHaveLength(2);
  for (const { release } of taken) await release();
  await models.take(file('m.gguf'), settings);
  expect(loads, 'nobody has had it any more').toHaveLength(3);
});

it('loads a file once more that was replaced, or written again', async () => {
  const path = join(folder, 'm.gguf');
  await models.take(file('m.gguf'), settings);
  utimesSync(path, 1, 1);
  await models.take(file('m.gguf'), settings);
  copyFileSync(modelUrl, `${path}.new`);
  utimesSync(`${path}.new`, 1, 1);
  renameSync(`${path}.new`, path);
  await models.take(file('m.gguf'), settings);
  expect(loads).toHaveLength(3);
});

it('keeps what it has of a file that is replaced, and loads nothing else for it', async () => {
  const path = join(folder, 'm.gguf');
  const graph = file('m.gguf');
  const { model } = await models.take(graph, settings);
  utimesSync(path, 1, 1);
  expect((await models.take(graph, settings)).model).toBe(model);
  await expect(models.take(graph, others)).rejects.toThrow(/was replaced after the model was loaded; load/);
  rmSync(path);
  expect((await models.take(graph, settings)).model).toBe(model);
  expect(loads).toHaveLength(1);
});

it('tells the first parts of two models apart by their names, which lead to different other parts', async () => {
  const [first, second] = ['m-00001-of-00002.gguf', 'n-00001-of-00002.gguf'];
  for (const name of [first, second]) linkSync(join(folder, 'm.gguf'), join(folder, name));
  await models.take(file(first), settings);
  await models.take(file(second), settings);
  await models.take(file(`./${first}`), settings);
  expect(loads).toHaveLength(2);
});

it('takes no two models of bytes for one', async () => {
  const bytes = () => new ModelFile(modelBytes(), false);
  const given = bytes();
  await models.take(given, settings);
  await models.take(given, settings);
  await models.take(bytes(), settings);
  expect(loads).toHaveLength(2);
});

it('does not wait for a model of which a context failed, which perhaps is never disposed', async () => {
  const { model, release } = await models.take(file('m.gguf'), settings);
  stuck.add(model);
  const dispose = vi.spyOn(model, 'dispose').mockReturnValue(new Promise(() => {}));
  await release();
  expect(dispose).toHaveBeenCalledOnce();
  expect((await models.take(file('m.gguf'), settings)).model).not.toBe(model);
  expect(loads).toHaveLength(2);
});
