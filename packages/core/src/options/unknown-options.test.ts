import { expect, it } from 'vitest';
import {
  createBlockingCaller,
  createRuntime,
  definePlugin,
  hostFunction,
  nativeFunctions,
  nativePlugin,
  pluginAvailability,
} from '../index.js';
import {
  describePluginFile,
  findNativePluginFiles,
  findPlugins,
  inspectPluginFile,
  verifyPluginFile,
} from '../plugins.js';
import { isTable } from './is-table.js';

const unknown = { nosuch: 1 } as never;
const define = { name: 'mine', moduleNames: ['mine'], create: () => ({ modules: [] }) };

// Every function of core that takes an object of options.
const takers: Readonly<Record<string, (options: never) => unknown>> = {
  createRuntime: (options) => createRuntime(options),
  'createRuntime, wasi': (wasi) => createRuntime({ wasi }),
  'createRuntime, limits': (limits) => createRuntime({ limits }),
  'createRuntime, nativePlugins': (nativePlugins) => createRuntime({ nativePlugins }),
  instantiate: async (options) => {
    using runtime = await createRuntime();
    runtime.instantiate(new Uint8Array(8), options);
  },
  nativeFunctions: async (options) => {
    using runtime = await createRuntime();
    nativeFunctions(runtime, 'any', options);
  },
  nativePlugin: (options) => nativePlugin(options),
  hostFunction: (trace) => hostFunction([], [], () => undefined, trace),
  definePlugin: (options) => definePlugin({ ...define, ...(options as object) }),
  'what definePlugin made': (options) => definePlugin(define)(options),
  'a blocking call': (options) => {
    using caller = createBlockingCaller();
    caller.call({ moduleUrl: import.meta.url, exportName: 'none' }, undefined, options);
  },
  pluginAvailability: (options) => pluginAvailability('wasi_crypto', options),
  findPlugins: (options) => findPlugins(options),
  findNativePluginFiles: (options) => findNativePluginFiles(options),
  inspectPluginFile: (options) => inspectPluginFile('none', options),
  verifyPluginFile: (options) => verifyPluginFile('none', 'none', options),
  describePluginFile: (options) => describePluginFile('none', options),
};

it.each(Object.entries(takers))('%s refuses an option that does not exist', async (_name, take) => {
  await expect((async () => take(unknown))()).rejects.toMatchObject({
    code: 'ERR_INVALID_ARGUMENT',
    message: expect.stringMatching(/ has no option nosuch\./),
  });
});

it.each(Object.entries(takers).filter(([name]) => name !== 'definePlugin'))(
  '%s refuses a Map and an array, which have no options',
  async (_name, take) => {
    for (const options of [new Map([['library', 'x']]), ['library']] as never[]) {
      await expect((async () => take(options))()).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(/must be an object of values by name, not/),
      });
    }
  },
);

it.each([
  [{}, true],
  [Object.create(null), true],
  [process.env, true],
  [new Map(), false],
  [new Set(), false],
  [new WeakMap(), false],
  [new URLSearchParams(), false],
  [new Headers(), false],
  [[], false],
  [new Uint8Array(1), false],
  [Promise.resolve({}), false],
  [new Date(), false],
  [null, false],
  [undefined, false],
  ['text', false],
  [() => 1, false],
])('a table of names is %s: %s', (value, expected) => {
  expect(isTable(value)).toBe(expected);
});
