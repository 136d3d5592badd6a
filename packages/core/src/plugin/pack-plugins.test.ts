import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCore, literal } from '../__fixtures__/built-core.js';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  CannotCrossError,
  definePlugin,
  type ExportedAs,
  functionOption,
  hostModule,
  InvalidArgumentError,
  nativePlugin,
  type Plugin,
  packPlugins,
  unpackPlugins,
} from '../index.js';
import { unpackPluginsWith } from './unpack-plugins.js';

let core: BuiltCore;
beforeAll(async () => {
  core = await BuiltCore.build();
});
afterAll(() => core?.[Symbol.dispose]());

const refused = (action: () => unknown, pattern: RegExp) =>
  expectThrows(action, CannotCrossError, 'ERR_CANNOT_CROSS', pattern);

/** A module that exports nothing of use, and is there. */
const here: ExportedAs = { module: import.meta.url, export: 'tally' };

const tally = (exportedAs?: ExportedAs) =>
  definePlugin({
    name: 'tally',
    moduleNames: ['tally'],
    exportedAs,
    options: {
      label: { type: 'string', default: 'a', description: '' },
      onCall: functionOption<(count: number) => void>({ description: '' }),
    },
    create: () => ({ modules: [hostModule('tally', {})] }),
  });

/** A plug-in with options of every kind, a host module, and one that is made by a function. */
const mine = `import { definePlugin, functionOption, hostFunction, hostModule } from './index.js';
      const at = (name) => ({ module: import.meta.url, export: name });
      export const mine = definePlugin({
        name: 'mine', moduleNames: ['mine'], exportedAs: at('mine'),
        options: {
          start: { type: 'integer', default: 0, max: 100, unit: 'steps', description: '' },
          names: { type: 'strings', default: [], description: '' },
          mode: { type: 'choice', choices: ['up', 'down'], default: 'up', description: '' },
          sizes: { type: 'table', default: {}, description: '' },
          bytes: { type: 'custom', description: '', read: (given = new Uint8Array(0)) => given },
          place: { type: 'custom', description: '', read: (given) => given },
          onCall: functionOption({ description: '' }),
        },
        create({ start, names, mode, sizes, bytes, place, onCall }) {
          const parts = [start, names.length, Object.keys(sizes).length, bytes[0] ?? 0, place instanceof URL ? place.port : 0];
          const total = parts.reduce((sum, part) => sum + Number(part), 0) * (mode === 'up' ? 1 : -1);
          const named = typeof onCall === 'object' && onCall.export === 'told' ? 1000 : 0;
          return { modules: [hostModule('mine', { total: hostFunction([], ['i32'], () => total + named) })] };
        },
      });
      export const fixed = hostModule('fixed', { seven: hostFunction([], ['i32'], () => 7) }, { exportedAs: at('fixed') });
      export const made = (values) =>
        hostModule('made', { value: hostFunction([], ['i32'], () => values.get('a')) }, { exportedAs: at('made'), arguments: [values] });`;

/** Runs the guest with a set of plug-ins and host modules. */
const sum = `import { createRuntime } from './index.js';
export async function sum({ engine, guest }, set) {
  const runtime = await createRuntime({ engine, ...set });
  try {
    return runtime.instantiate(guest).exports.sum();
  } finally {
    runtime[Symbol.dispose]();
  }
}`;

/** The same in a thread. */
const elsewhere = `import { parentPort, workerData } from 'node:worker_threads';
import { unpackPlugins } from './index.js';
import { sum } from './sum.mjs';
parentPort.postMessage(await sum(workerData.job, await unpackPlugins(workerData.packed)));`;

const guest = wat(`(module (import "mine" "total" (func $total (result i32)))
  (import "fixed" "seven" (func $seven (result i32))) (import "made" "value" (func $value (result i32)))
  (func (export "sum") (result i32) (i32.add (call $total) (i32.mul (call $seven) (call $value)))))`);

describe('packPlugins', () => {
  it('refuses a function only when it must cross, and takes one by module and export', () => {
    const make = tally(here);
    const onCall = () => {};
    expect(make({ onCall }).name).toBe('tally');
    refused(
      () => packPlugins({ plugins: [make({ onCall })] }),
      /^The option onCall of tally\(\) is a function, which cannot go to another thread or process\. Pass \{ module, export \}/,
    );
    const named = { module: new URL('file:///hook.mjs'), export: 'onCall' };
    const packed = packPlugins({ plugins: [make({ onCall: named, label: 'b' })] });
    expect(structuredClone(packed)).toEqual(packed);
    expect(packed.plugins).toMatchObject([{ name: 'tally', module: import.meta.url, export: 'tally' }]);
  });

  it('refuses what does not say where it is exported, and a changed copy of what does', () => {
    refused(() => packPlugins({ plugins: [tally()()] }), /plug-in tally .* definePlugin\(\) and exportedAs/);
    const bare: Plugin = {
      name: 'bare',
      provider: 'embedded',
      moduleNames: [],
      create: () => ({ modules: [] }),
    };
    refused(() => packPlugins({ plugins: [bare] }), /plug-in bare cannot be created again/);
    const changed = { ...tally(here)(), create: () => ({ modules: [] }) };
    refused(() => packPlugins({ plugins: [changed] }), /plug-in tally .* modified copy/);
    const env = hostModule('env', {}, { exportedAs: { ...here, export: 'env' } });
    expect(packPlugins({ hostModules: [env] }).hostModules).toHaveLength(1);
    refused(() => packPlugins({ hostModules: [{ ...env }] }), /module env .* hostModule\(\) and exportedAs/);
    refused(() => packPlugins({ hostModules: [hostModule('env', {})] }), /host module env cannot/);
  });

  it('refuses a module that is not there, as in a bundle, when it must cross and not before', () => {
    const gone = { module: new URL('./gone.mjs', import.meta.url), export: 'tally' };
    refused(() => packPlugins({ plugins: [tally(gone)()] }), /gone\.mjs does not exist\. .* bundle/);
    const unknown = { package: '@wasmedge-plugins/none', from: import.meta.url, export: 'tally' };
    refused(
      () => packPlugins({ plugins: [tally(unknown)()] }),
      /package @wasmedge-plugins\/none cannot be found from file:.* Install .* also beside a bundle/,
    );
    const nowhere = { ...unknown, from: undefined };
    refused(() => packPlugins({ plugins: [tally(nowhere)()] }), /cannot be found from file:/);
  });

  it('refuses what the program itself exports, which would run again', () => {
    const program = process.argv[1] as string;
    const own = { module: new URL(`file://${program}`), export: 'tally' };
    refused(() => packPlugins({ plugins: [tally(own)()] }), /is the program itself .* separate module/);
  });

  it.each(['main', '.'])('knows the program that Node.js was told to run as %s', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'program-'));
    const program = process.argv[1] as string;
    try {
      writeFileSync(join(folder, 'main.js'), '');
      writeFileSync(join(folder, 'package.json'), '{ "main": "main.js" }');
      process.argv[1] = join(folder, name);
      const own = { module: pathToFileURL(join(folder, 'main.js')), export: 'tally' };
      refused(() => packPlugins({ plugins: [tally(own)()] }), /is the program itself/);
    } finally {
      process.argv[1] = program;
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['file://host/x.mjs', 'file:///a%2Fb.mjs'])('refuses %s, which is no file here', (module) => {
    const other = tally({ module, export: 'tally' })();
    refused(() => packPlugins({ plugins: [other] }), /plug-in tally .* is not a file of this machine/);
  });

  it.each([
    [[tally(here)()], /options of packPlugins\(\) must be an object of values by name, not an array/],
    [undefined, /options of packPlugins\(\) must be an object/],
    [{ plugin: [] }, /no option plugin\. Did you mean plugins/],
    [{ plugins: tally(here)() }, /option plugins of packPlugins\(\) must be an array .* is an object/],
    [{ plugins: [tally(here)] }, /option plugins .* its entry 0 is a function/],
    [{ hostModules: [undefined] }, /option hostModules .* its entry 0 is undefined/],
  ])('takes nothing but a set of lists: %o', (set, message) => {
    expectThrows(() => packPlugins(set as never), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', message);
  });

  it('crosses what was given, not what the caller made of it later', () => {
    const options = { path: '/x.so', options: { list: ['a'] } };
    const plugin = nativePlugin(options);
    options.options.list.push('b');
    expect(plugin.native?.options).toEqual({ list: ['a'] });
    expect(JSON.stringify(plugin.recipe?.arguments)).toBe('[{"path":"/x.so","options":{"list":["a"]}}]');
  });

  it('prints no options with a plug-in', () => {
    const plugin = tally(here)({ label: 'secret-label' });
    expect(inspect(plugin, { depth: 9 })).not.toContain('secret-label');
    expect(JSON.stringify(plugin)).not.toContain('secret-label');
    expect(plugin.recipe?.arguments).toEqual([{ label: 'secret-label' }]);
  });

  it.each([
    [{ module: './relative.js', export: 'x' }],
    [{ module: import.meta.url }],
    [{ module: import.meta.url, export: '' }],
    [{ package: '', from: import.meta.url, export: 'x' }],
    [{ module: import.meta.url, export: 'x', exports: 'y' }],
    ['file:///x.js'],
  ])('refuses an exportedAs that says nothing: %j', (exportedAs) => {
    const invalid = (action: () => unknown) =>
      expectThrows(
        action,
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /exportedAs of (definePlugin|hostModule)\(\)/,
      );
    invalid(() => tally(exportedAs as never));
    invalid(() => hostModule('env', {}, { exportedAs: exportedAs as never }));
  });

  it('refuses arguments of a host module that are not a list', () => {
    expectThrows(
      () => hostModule('env', {}, { exportedAs: here, arguments: 'text' as never }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /arguments of hostModule\(\) must be an array/,
    );
  });
});

describe('unpackPlugins', () => {
  const packed = (module: string, exportName = 'tally') => ({
    plugins: [{ name: 'tally', module, export: exportName, arguments: [] }],
    hostModules: [],
  });

  it.each([
    [packed('file:///gone/module.mjs'), /cannot be imported there\. See the cause/],
    [packed('data:text/javascript,export const other = 1'), /does not create tally; correct exportedAs/],
    [packed('data:text/javascript,export const tally = () => ({ name: "other" })'), /does not create tally/],
    [packed('data:text/javascript,export const tally = () => null'), /does not create tally/],
  ])('says which module does not make what it should: %j', async (form, message) => {
    await expectRejects(unpackPlugins(form), CannotCrossError, 'ERR_CANNOT_CROSS', message);
  });

  it.each([
    ['the maker', 'data:text/javascript,export const tally = () => new Promise(() => {})'],
    ['its module', 'data:text/javascript,await new Promise(() => {}); export const tally = 1'],
  ])('does not wait without end for %s', async (_, module) => {
    const unpacking = unpackPluginsWith(packed(module), () => () => {}, 20);
    await expectRejects(
      unpacking,
      CannotCrossError,
      'ERR_CANNOT_CROSS',
      /export tally of data:.* has not created/,
    );
  });

  it('passes on what the maker throws', async () => {
    const form = packed('data:text/javascript,export const tally = () => { throw new RangeError("no") }');
    await expect(unpackPlugins(form)).rejects.toThrow(RangeError);
  });

  forEachEngine((engine) => {
    it('makes a plug-in and host modules again in a thread, where a guest gets the same', () => {
      core.write('mine.mjs', mine);
      core.write('sum.mjs', sum);
      core.write('elsewhere.mjs', elsewhere);
      const { end, stdout, stderr } = core.run(
        `import { Worker } from 'node:worker_threads';
        import { fixed, made, mine } from './mine.mjs';
        import { sum } from './sum.mjs';
        const options = { start: 5, names: ['a', 'b'], mode: 'down', sizes: { x: '1' }, bytes: new Uint8Array([9]),
          place: new URL('http://h:81'), onCall: { module: import.meta.url, export: 'told' } };
        const set = { plugins: [mine(options)], hostModules: [fixed, made(new Map([['a', 3]]))] };
        const job = { engine: '${engine}', guest: ${literal(guest)} };
        const inline = await sum(job, set);
        const worker = new Worker(new URL('./elsewhere.mjs', import.meta.url), { workerData: { job, packed: core.packPlugins(set) } });
        worker.on('message', (there) => console.log(inline, there));`,
      );
      // (5 + 2 + 1 + 9 + 81) * -1 + 1000 + 7 * 3
      expect({ end, stdout, stderr }).toEqual({ end: 0, stdout: '923 923\n', stderr: '' });
    });
  });
});
