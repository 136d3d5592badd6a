import { describe, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  definePlugin,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  type PluginOptionDefinitions,
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
    invalid(() => create({ 'start-at': '' }, { provider: 'embedded' }), /startAt .* must be a number/);
  });
});
