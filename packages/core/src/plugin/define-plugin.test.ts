import { describe, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  definePlugin,
  functionOption,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  type OptionReading,
  type Plugin,
  type PluginOptionDefinitions,
  type ProviderChoice,
} from '../index.js';

const sum = definePlugin({
  name: 'sum',
  moduleNames: ['sum'],
  options: {
    startAt: { type: 'number', default: 1, description: 'first summand' },
    text: { type: 'string', default: 'ab', description: 'its length is added' },
    more: { type: 'strings', default: [], description: 'their number is added' },
    negative: { type: 'boolean', default: false, description: 'the result is negated' },
  },
  create: ({ startAt, text, more, negative }) => {
    let calls = 0;
    const total = () => (startAt + text.length + more.length + calls++) * (negative ? -1 : 1);
    return { modules: [hostModule('sum', { total: hostFunction([], ['i32'], total) })] };
  },
  native: { fileName: 'sum' },
});

const richOptions = {
  label: {
    type: 'string',
    description: 'a label',
    accepts: (text: string) => text !== '',
    wanted: 'a text that is not empty',
  },
  size: { type: 'integer', default: 3, min: 1, max: 10, unit: 'steps', description: 'steps' },
  mode: { type: 'choice', choices: ['up', 'down'], default: 'up', description: 'direction' },
  sizes: { type: 'table', default: {}, description: 'sizes by name' },
  place: {
    type: 'custom',
    description: 'a place',
    read(given: URL | undefined, { refusal }: OptionReading): string | undefined {
      if (given === undefined || given instanceof URL) return given?.port;
      throw refusal('a URL');
    },
  },
  onCall: functionOption<() => number>({ description: 'called' }),
} as const satisfies PluginOptionDefinitions;

const guest = wat('(module (import "sum" "total" (func (result i32))) (export "total" (func 0)))');
const invalid = (action: () => unknown, pattern: RegExp) =>
  expectThrows(action, InvalidArgumentError, 'ERR_INVALID_ARGUMENT', pattern);

describe('definePlugin', () => {
  forEachEngine((engine) => {
    it('gives options their defaults and values, and each runtime a state of its own', async () => {
      for (let round = 0; round < 2; round++) {
        using runtime = await createRuntime({ engine, plugins: [sum()] });
        const { exports } = runtime.instantiate(guest);
        expect([exports.total?.(), exports.total?.()]).toEqual([3, 4]);
      }
      using runtime = await createRuntime({
        engine,
        plugins: [sum({ startAt: 10, text: '', more: ['x'], negative: true })],
      });
      expect(runtime.instantiate(guest).exports.total?.()).toBe(-11);
    });

    it('refuses a create() whose modules are not those that were declared', async () => {
      for (const modules of [[], [hostModule('a', {}), hostModule('b', {})]]) {
        const plugin = definePlugin({ name: 'wrong', moduleNames: ['a'], create: () => ({ modules }) });
        await expectRejects(
          createRuntime({ engine, plugins: [plugin()] }),
          InvalidArgumentError,
          'ERR_INVALID_ARGUMENT',
          /declares a;/,
        );
      }
    });
  });

  it('refuses unknown options and values of the wrong type, by name', () => {
    const loose = sum as (options: unknown) => unknown;
    invalid(
      () => loose({ startat: 1 }),
      /^The plug-in sum has no option startat\. Did you mean startAt\? There are: startAt, text, more, negative, provider/,
    );
    invalid(() => loose({ startAt: '1' }), /startAt .* must be a number/);
    invalid(() => loose({ startAt: Number.NaN }), /startAt .* must be a number/);
    invalid(() => loose({ text: 1 }), /text .* must be a string/);
    invalid(() => loose({ more: ['a', 1] }), /more .* must be an array of strings/);
    invalid(() => loose({ negative: 'yes' }), /negative .* must be true or false/);
    invalid(() => loose({ provider: 'auto' }), /provider .* must be 'embedded' or 'native'/);
    invalid(() => loose({ nativePath: '' }), /nativePath/);
    invalid(() => loose(null), /must be an object/);
  });

  it('refuses definitions that cannot work', () => {
    const create = () => ({ modules: [] });
    const define = (options: unknown) =>
      definePlugin({ name: 'x', moduleNames: ['x'], create, options: options as PluginOptionDefinitions });
    invalid(() => definePlugin({ name: '', moduleNames: ['x'], create }), /needs a name/);
    invalid(() => definePlugin({ name: 'x', moduleNames: [], create }), /moduleNames/);
    invalid(() => define({ provider: { type: 'string', default: '' } }), /provider/);
    invalid(() => define({ 'max-bytes': { type: 'string', default: '' } }), /camelCase/);
    invalid(() => define({ size: { type: 'bigint', default: 1n } }), /must be of type string, number/);
    invalid(() => define({ size: { type: 'number', default: '1' } }), /size .* must be a number/);
    for (const nothing of [null, {}, { type: 'toString' }]) {
      invalid(() => define({ size: nothing }), /size .* must be of type string, number/);
    }
    invalid(() => define({ size: { type: 'custom' } }), /size .* needs read: a function/);
    invalid(() => define({ size: { type: 'choice' } }), /size .* needs choices: an array/);
    invalid(() => define({ size: { type: 'string', accepts: /x/ } }), /size .* needs accepts: a function/);
    invalid(() => define({ size: { type: 'string', flags: ['--size'] } }), /size .* needs flags: an array/);
    const other = (parts: object) => definePlugin({ name: 'x', moduleNames: ['x'], ...parts } as never);
    invalid(() => other({}), /create of the plug-in x must be a function/);
    invalid(() => other({ create, check: 5 }), /check of the plug-in x must be a function/);
  });

  it('tells the native plug-in its options in kebab-case', () => {
    const { provider, native } = sum({ provider: 'native', nativePath: '/x/libsum.so', startAt: 2 });
    expect(provider).toBe('native');
    expect(native).toEqual({
      fileName: 'sum',
      path: '/x/libsum.so',
      options: { 'start-at': 2, text: 'ab', more: [], negative: false },
    });
  });

  it('reads every kind of option, and refuses what it cannot be', () => {
    const seen: unknown[] = [];
    const rich = definePlugin({
      name: 'rich',
      moduleNames: ['rich'],
      exportedAs: { module: import.meta.url, export: 'richPlugin' },
      options: richOptions,
      check: ({ size, mode }, { provider, given }) =>
        provider === 'native' && given.has('label')
          ? "the native plug-in has no label; leave it out, or use provider: 'embedded'."
          : size > 5 && mode === 'down'
            ? 'down goes by 5 at most; lower size.'
            : undefined,
      native: { fileName: 'rich' },
      create: (values) => {
        seen.push(values);
        return { modules: [hostModule('rich', {})] };
      },
    });
    const valuesOf = (options: Parameters<typeof rich>[0]) => {
      rich(options).create({} as never);
      return seen.pop();
    };
    const hook = { module: new URL('file:///hook.mjs'), export: 'told' };
    expect(valuesOf({})).toEqual({
      label: undefined,
      size: 3,
      mode: 'up',
      sizes: {},
      place: undefined,
      onCall: undefined,
    });
    expect(
      valuesOf({ label: 'x', size: 7, sizes: { a: '1' }, place: new URL('http://h:81/'), onCall: hook }),
    ).toEqual({
      label: 'x',
      size: 7,
      mode: 'up',
      sizes: { a: '1' },
      place: '81',
      onCall: { module: 'file:///hook.mjs', export: 'told' },
    });
    const call = () => 1;
    expect(valuesOf({ onCall: call })).toMatchObject({ onCall: call });
    const loose = rich as (options: unknown) => unknown;
    invalid(() => loose({ label: '' }), /^richPlugin\(\): label must be a text that is not empty\.$/);
    invalid(
      () => loose({ size: 11 }),
      /^richPlugin\(\): size must be a whole number of steps from 1 to 10, not 11\.$/,
    );
    for (const size of [0, 1.5, '3', Number.NaN, null])
      invalid(() => loose({ size }), /size must be a whole number/);
    for (const mode of ['left', 1]) invalid(() => loose({ mode }), /mode must be 'up' or 'down'/);
    for (const sizes of [new Map(), ['a'], { a: 1 }])
      invalid(() => loose({ sizes }), /sizes must be an object of strings/);
    invalid(() => loose({ place: 'hidden' }), /^richPlugin\(\): place must be a URL\.$/);
    for (const onCall of [
      'told',
      {},
      [],
      { module: './hook.mjs', export: 'told' },
      { module: hook.module },
    ]) {
      invalid(() => loose({ onCall }), /onCall must be a function, or \{ module, export \}/);
    }
    invalid(
      () => loose({ onCall: { ...hook, exports: 'x' } }),
      /function onCall of richPlugin\(\) has no option exports/,
    );
    invalid(() => loose({ size: 6, mode: 'down' }), /^richPlugin\(\): down goes by 5 at most; lower size\.$/);
    invalid(
      () => loose({ provider: 'native', label: 'x' }),
      /^richPlugin\(\): the native plug-in has no label/,
    );
    expect(loose({ provider: 'native' })).toMatchObject({ native: { options: { size: 3, mode: 'up' } } });
  });

  it('offers flags as the definitions say, of which the last that was given decides', async () => {
    const seen: unknown[] = [];
    const flagged = definePlugin({
      name: 'flagged',
      moduleNames: ['flagged'],
      options: {
        ...richOptions,
        names: {
          type: 'custom',
          description: 'names',
          read: (given: readonly string[] | 'all' | undefined) => given,
          flags: [
            { flags: '--allow-name <name>', repeatable: true, takes: (name: string) => name !== 'other' },
            { flags: '--allow-name-all', description: 'all names', read: () => 'all' },
          ],
        },
        quiet: { type: 'boolean', default: false, description: '', flags: [] },
      },
      create: (values) => {
        seen.push(values);
        return { modules: [hostModule('flagged', {})] };
      },
    });
    const { options, create } = flagged.commandLine;
    expect(options).toEqual([
      { flags: '--label <string>', description: 'a label', repeatable: false },
      { flags: '--size <number>', description: 'steps', repeatable: false },
      { flags: '--mode <up|down>', description: 'direction', repeatable: false },
      { flags: '--sizes <name=text>', description: 'sizes by name', repeatable: true },
      { flags: '--allow-name <name>', description: 'names', repeatable: true, takes: expect.any(Function) },
      { flags: '--allow-name-all', description: 'all names', repeatable: false },
    ]);
    const valuesOf = async (values: Parameters<typeof create>[0]) => {
      (await create(values, { provider: 'embedded' })).create({} as never);
      return seen.pop();
    };
    expect(await valuesOf({ sizes: ['a=1', 'b=x=y'], size: '4', 'allow-name': ['n'] })).toMatchObject({
      sizes: { a: '1', b: 'x=y' },
      size: 4,
      names: ['n'],
    });
    expect(await valuesOf({ 'allow-name': ['n'], 'allow-name-all': true })).toMatchObject({ names: 'all' });
    expect(await valuesOf({ 'allow-name': [] })).toMatchObject({ names: undefined, quiet: false });
    invalid(
      () => create({ sizes: ['a'] }, { provider: 'embedded' }),
      /sizes of the plug-in flagged must be an object/,
    );
    invalid(() => create({ size: '4.5' }, { provider: 'embedded' }), /size .* must be a whole number/);
  });

  it('keeps values that callers cannot change any more', () => {
    const seen: { readonly more: readonly string[] }[] = [];
    const plugin = definePlugin({
      name: 'kept',
      moduleNames: ['kept'],
      options: { more: { type: 'strings', default: [], description: '' } },
      create: (values) => {
        seen.push(values);
        return { modules: [hostModule('kept', {})] };
      },
    });
    const more = ['a'];
    const made = plugin({ more });
    more.push('b');
    made.create({} as never);
    expect(seen).toEqual([{ more: ['a'] }]);
  });

  it('offers its options on the command line', async () => {
    const { options, create } = sum.commandLine;
    expect(options.map(({ flags, repeatable }) => [flags, repeatable])).toEqual([
      ['--start-at <number>', false],
      ['--text <string>', false],
      ['--more <string>', true],
      ['--negative', false],
    ]);
    const plugin = await create(
      { 'start-at': '5', more: ['a', 'b'], negative: true },
      { provider: 'embedded' },
    );
    using runtime = await createRuntime({ plugins: [plugin] });
    expect(runtime.instantiate(guest).exports.total?.()).toBe(-9);
    invalid(() => create({ 'start-at': 'five' }, { provider: 'embedded' }), /startAt .* must be a number/);
    invalid(() => create({ 'start-at': ' ' }, { provider: 'embedded' }), /startAt .* must be a number/);
    invalid(() => create({ 'start-at': '' }, { provider: 'embedded' }), /startAt .* must be a number/);
  });

  const choosing = (made: (values: { readonly size: number }) => ProviderChoice) =>
    definePlugin({
      name: 'choosing',
      moduleNames: ['sum'],
      exportedAs: { module: import.meta.url, export: 'choosing' },
      options: { size: { type: 'integer', default: 1, description: '' } },
      native: { fileName: 'choosing', options: ({ size }) => ({ size }) },
      chooseProvider: made,
      check: ({ size }, { provider, nativePath }) =>
        provider === 'native' && size > 5 ? `${nativePath} takes 5 at most.` : undefined,
      create: () => ({ modules: [hostModule('sum', {})] }),
    });

  it('lets the plug-in choose its provider, which the report tells with the reason', async () => {
    const embedded = choosing(() => ({ provider: 'embedded', reason: 'it is here' }));
    using runtime = await createRuntime({ plugins: [embedded({ provider: 'auto' })] });
    expect(runtime.report().plugins).toMatchObject([{ provider: 'embedded', reason: 'it is here' }]);
    const native = choosing(({ size }) => ({
      provider: 'native',
      reason: 'found',
      ...(size === 2 && { nativePath: '/found.so' }),
    }));
    expect(native({ provider: 'auto', size: 2, nativePath: '/named.so' })).toMatchObject({
      provider: 'native',
      reason: 'found',
      native: { path: '/found.so', options: { size: 2 } },
      recipe: { arguments: [{ provider: 'auto', size: 2, nativePath: '/named.so' }] },
    });
    expect(native({ provider: 'auto', nativePath: '/named.so' }).native?.path).toBe('/named.so');
    expect(native().provider).toBe('embedded');
    expect(native().reason).toBeUndefined();
    invalid(
      () => native({ provider: 'auto', size: 6, nativePath: '/named.so' }),
      /^choosing\(\): \/named\.so takes 5 at most\.$/,
    );
    invalid(
      () => (native as (options: unknown) => unknown)({ provider: 'other' }),
      /provider must be 'embedded', 'native' or 'auto'\.$/,
    );
  });

  it("asks nothing of the native plug-in's definition where the embedded functions are taken", () => {
    const asked = () => {
      throw new Error('asked');
    };
    const define = definePlugin({
      name: 'x',
      moduleNames: ['x'],
      native: { fileName: 'x', options: asked, guard: asked },
      create: () => ({ modules: [hostModule('x', {})] }),
    });
    expect(define().provider).toBe('embedded');
    expect(() => define({ provider: 'native' })).toThrow('asked');
  });

  it('gives the plug-in its members, and makes one of several of a name', async () => {
    const parts = Symbol('parts');
    const part = (name: string) =>
      definePlugin({
        name: 'part',
        moduleNames: ['sum'],
        exportedAs: { module: import.meta.url, export: name },
        options: { value: { type: 'integer', default: 1, description: '' } },
        create: ({ value }) => ({ modules: [module(value)] }),
        members: ({ value }, { subject, given }) => ({
          [parts]: value,
          tell: () => `${subject} ${given.size}`,
        }),
        combine(plugins) {
          const values = plugins.map((plugin) => (plugin as Plugin & { [parts]: number })[parts]);
          if (values.includes(0)) throw new InvalidArgumentError('0 goes with nothing.');
          return () => ({ modules: [module(values.reduce((a, b) => a + b))] });
        },
      });
    const module = (value: number) => hostModule('sum', { total: hostFunction([], ['i32'], () => value) });
    const [first, second] = [part('first'), part('second')];
    expect(second({ value: 5 }).tell()).toBe('second() 1');
    expect(second({ value: 5 }).recipe?.exportedAs.export).toBe('second');
    using runtime = await createRuntime({ plugins: [first(), second({ value: 5 })] });
    expect(runtime.instantiate(guest).exports.total?.()).toBe(6);
    expect(runtime.report().plugins).toMatchObject([{ name: 'part', provider: 'embedded' }]);
    await expectRejects(
      createRuntime({ plugins: [first(), second({ value: 0 })] }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /0 goes with nothing/,
    );
  });

  it('tells the command line its libraries', () => {
    const libraries = () => [{ name: 'libx', problem: 'it is missing' }];
    const create = () => ({ modules: [] });
    const names = { name: 'x', moduleNames: ['x'], create };
    expect(definePlugin({ ...names, libraries }).commandLine.libraries?.()).toEqual(libraries());
    expect('libraries' in definePlugin(names).commandLine).toBe(false);
  });

  it('shows of a text that is given for a number that it is one', () => {
    invalid(
      () => (sum as (options: unknown) => unknown)({ startAt: 'hidden' }),
      /must be a number, not a string\.$/,
    );
  });
});
