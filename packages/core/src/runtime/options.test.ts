import { describe, expect, it } from 'vitest';
import { adder, forEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import {
  createRuntime,
  findWasmEdge,
  hostModule,
  InvalidArgumentError,
  type Plugin,
  type RuntimeOptions,
  UnsupportedByEngineError,
} from '../index.js';

describe('options of createRuntime', () => {
  it.each([
    [{ engine: 'wasmtime' }, /engine must be v8 or wasmedge, not "wasmtime"/],
    [{ engine: 5 }, /engine/],
    [{ plugins: 'process' }, /plugins must be an array of plug-ins/],
    [{ plugins: [{}] }, /plugins must be an array of plug-ins, and its entry 0 is an object\. A plug-in/],
    [
      { plugins: [function processPlugin() {}] },
      /entry 0 of the option plugins is the function processPlugin, not the plug-in .* Call it: plugins: \[processPlugin\(\)\]/,
    ],
    [{ plugins: new Set() }, /plugins must be an array of plug-ins/],
    [{ nativePlugins: { sha265: {} } }, /nativePlugins has no option sha265\. Did you mean sha256\?/],
    [{ nativePlugins: { sha256: new Map() } }, /nativePlugins\.sha256 must be an object/],
    [{ nativePlugins: ['a'] }, /nativePlugins must be an object of values by name, not an array/],
    [{ plugins: [null] }, /plugins/],
    [{ plugins: [{ name: 'p', provider: 'builtin', create: () => ({}) }] }, /plugins/],
    [
      { hostModules: {} },
      /hostModules must be an array of host modules made by hostModule\(\), not an object\./,
    ],
    [
      { hostModules: [hostModule('env', {}), null] },
      /entry 1 of the option hostModules is null\. A host module is/,
    ],
    [{ hostModules: [new Map()] }, /entry 0 of the option hostModules is a Map\. A host module is/],
    [{ hostModules: [[]] }, /entry 0 of the option hostModules is an array\. A host module is/],
    [
      { hostModules: [function makeEnv() {}] },
      /is the function makeEnv, not the host module that it returns\. Call it: hostModules: \[makeEnv\(\)\]/,
    ],
    [{ hostModules: [{ name: 'env' }] }, /entry 0 of the option hostModules is an object\. A host module is/],
    [
      { hostModules: [{ name: 'env', functions: new Map() }] },
      /entry 0 of the option hostModules is an object\. A host module is/,
    ],
    [
      { hostModules: [{ name: 'env', functions: { f: () => 1 } }] },
      /item "f" of the host module "env" \(entry 0 .*\) is a function without .*hostFunction\(\)/,
    ],
    [
      { hostModules: [{ name: 'env', functions: { f: { call: () => 1 } } }] },
      /item "f" of the host module "env" .* is an object\. Make it with hostFunction\(\)/,
    ],
    [
      { hostModules: [{ name: 'env', functions: { f: { call: () => 1, params: ['u8'], results: [] } } }] },
      /item "f" of the host module "env" .* is an object\. Make it with hostFunction\(\)/,
    ],
    [
      { hostModules: [{ name: 'env', functions: {}, otherForms: { f: null } }] },
      /item "f" of the host module "env" .* is null\. Make it with hostFunction\(\)/,
    ],
    [
      { hostModules: [{ name: 'env', functions: {}, objects: new Map() }] },
      /items of the host module "env" .* must be an object .*, not a Map/,
    ],
    [{ wasi: 5 }, /wasi/],
    [{ wasi: { arguments: [] } }, /createRuntime\(\{ wasi \}\) has no option arguments/],
    [
      { wasi: new Map([['args', []]]) },
      /createRuntime\(\{ wasi \}\) must be an object of values by name, not a Map\./,
    ],
    [{ wasi: null }, /must be an object of values by name, not null/],
    [{ wasi: { preopens: new Map([['/', '/tmp']]) } }, /wasi\.preopens must be an object .* not a Map\./],
    [{ wasi: { preopens: ['/tmp'] } }, /wasi\.preopens must be an object .* not an array/],
    [{ wasi: { env: new Map([['A', '1']]) } }, /wasi\.env must be an object .* not a Map\./],
    [{ wasi: { env: new URLSearchParams('A=1') } }, /wasi\.env must be an object/],
    [{ wasi: { args: 'a' } }, /args/],
    [{ wasi: { args: [1] } }, /args/],
    [{ wasi: { env: ['A=1'] } }, /env/],
    [{ wasi: { env: { A: 1 } } }, /env/],
    [{ wasi: { preopens: '/tmp' } }, /preopens/],
    [{ wasi: { stdout: 'pipe' } }, /stdout/],
    [{ limits: 5 }, /createRuntime\(\{ limits \}\) must be an object of values by name, not 5/],
    [{ limits: { timeoutMS: 5 } }, /no option timeoutMS\. Did you mean timeoutMs\?/],
    [{ limits: new Map([['cost', 1]]) }, /limits/],
    [{ limits: null }, /limits/],
    [
      { limits: { memory: 5 } },
      /\(\{ limits \}\) has no option memory\. There are: memoryPages, cost, timeoutMs/,
    ],
    [{ limits: { memoryPages: -1 } }, /limits\.memoryPages must be an integer from 0 to 65536, not -1/],
    [{ limits: { memoryPages: 65537 } }, /memoryPages/],
    [{ limits: { memoryPages: 1.5 } }, /memoryPages/],
    [{ limits: { memoryPages: '16' } }, /memoryPages .*not "16"/],
    [{ limits: { cost: 0 } }, /limits\.cost/],
    [{ limits: { cost: 5n } }, /limits\.cost .*not 5n/],
    [{ limits: { cost: Number.NaN } }, /limits\.cost/],
    [{ limits: { timeoutMs: 0 } }, /limits\.timeoutMs must be an integer from 1 to 2147483647/],
    [{ limits: { timeoutMs: Number.POSITIVE_INFINITY } }, /limits\.timeoutMs/],
    [{ library: '' }, /library must be the path of a libwasmedge/],
    [{ library: 5 }, /library/],
    [{ logger: 'console' }, /logger must be a function/],
    [{ logger: { module: 'file:///a.js', export: 'log' } }, /runs in this thread wherever guests run/],
    [{ trace: 'yes' }, /trace must be a boolean or a function/],
    [{ plugin: [] }, /createRuntime\(\) has no option plugin\. Did you mean plugins\?/],
    [[], /options of createRuntime\(\) must be an object of values by name, not an array/],
    [{ Engine: 'v8' }, /no option Engine/],
    [null, /must be an object of values by name, not null/],
    ['v8', /must be an object of values by name, not "v8"/],
  ])('refuses %o and says what is right', async (options, said) => {
    await expectRejects(createRuntime(options as never), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', said);
  });

  it('refuses misspelt and wrong options of instantiate', async () => {
    using runtime = await createRuntime();
    for (const [options, said] of [
      [null, /options/],
      [{ nmae: 'x' }, /nmae/],
      [{ exports: 5 }, /exports/],
      [{ exports: { add: 5 } }, /exports/],
      [{ exports: { add: { params: ['i32'] } } }, /exports/],
    ] as const) {
      expectThrows(
        () => runtime.instantiate(adder, options as never),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        said,
      );
    }
    expect(runtime.instantiate(adder, { name: undefined, exports: undefined }).exports.add?.(1, 1)).toBe(2);
  });
});

describe('the engine', () => {
  it.each([
    [{}, 'v8', /default/],
    [{ limits: { memoryPages: 16 } }, 'v8', /default/],
    [{ hostModules: [hostModule('env', {})] }, 'v8', /default/],
    [{ engine: 'v8' }, 'v8', /option engine/],
    [{ engine: undefined, limits: undefined, library: undefined }, 'v8', /default/],
  ] satisfies [RuntimeOptions, string, RegExp][])('for %o is %s', async (options, engine, reason) => {
    using runtime = await createRuntime(options);
    const report = runtime.report();
    expect([report.engine, report.engineReason]).toEqual([engine, expect.stringMatching(reason)]);
    expect(report.library).toBe(undefined);
  });

  it.each([
    [{ timeoutMs: 100 }, /limits\.timeoutMs.*placement 'worker' or 'process'/],
    [{ cost: 100 }, /limits\.cost/],
    [{ growthBytes: 100 }, /limits\.growthBytes.*placement 'process'/],
  ])('v8 refuses the limits %o and names what keeps them', async (limits, said) => {
    await expectRejects(
      createRuntime({ engine: 'v8', limits }),
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      said,
      /engine: 'wasmedge'/,
    );
  });

  it('v8 refuses a library and a native plug-in and names what can do it', async () => {
    await expectRejects(
      createRuntime({ engine: 'v8', library: '/some/libwasmedge.so' }),
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      /engine: 'wasmedge'/,
    );
    const native: Plugin = {
      name: 'wasmedge_process',
      provider: 'native',
      moduleNames: ['wasmedge_process'],
      create: () => ({ modules: [] }),
    };
    await expectRejects(
      createRuntime({ engine: 'v8', plugins: [native] }),
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      /engine: 'wasmedge'/,
      /provider: 'embedded'/,
    );
  });

  it('v8 takes limits that bound nothing', async () => {
    const limits = { cost: Number.POSITIVE_INFINITY, growthBytes: Number.POSITIVE_INFINITY };
    using runtime = await createRuntime({ engine: 'v8', limits });
    expect(runtime.report().engine).toBe('v8');
  });

  forEngine('wasmedge', () => {
    it.each([
      [{ engine: 'wasmedge' }, /option engine/],
      [{ limits: { cost: 1_000_000 } }, /limits\.cost/],
      [{ limits: { timeoutMs: 1000 } }, /limits\.timeoutMs/],
      [{ limits: { growthBytes: 2 ** 30 } }, /limits\.growthBytes/],
    ] satisfies [RuntimeOptions, RegExp][])(
      'for %o is wasmedge, with its library and version',
      async (options, reason) => {
        using runtime = await createRuntime(options);
        const report = runtime.report();
        expect([report.engine, report.engineReason]).toEqual(['wasmedge', expect.stringMatching(reason)]);
        const installed = await findWasmEdge();
        expect(report.library).toEqual({ path: installed.path, version: installed.version });
        expect(installed.version).toMatch(/^0\.1[4-7]\.\d+/);
        expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
      },
    );

    it('for a named library is wasmedge', async () => {
      const { path } = await findWasmEdge();
      using runtime = await createRuntime({ library: path });
      expect(runtime.report()).toMatchObject({
        engine: 'wasmedge',
        engineReason: expect.stringMatching(/library/),
      });
    });
  });
});
