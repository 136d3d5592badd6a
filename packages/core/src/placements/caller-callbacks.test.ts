import { afterEach, describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import {
  CannotCrossError,
  createRuntime,
  definePlugin,
  functionOption,
  hostFunction,
  hostModule,
  type PlacedRuntime,
} from '../index.js';

// What the plug-in is where guests run: it has only these functions.
const made = `export const judge = ({ allow, told, rules }) => ({
  name: 'judge', provider: 'embedded', moduleNames: ['judge'],
  create: () => ({ modules: [{ name: 'judge', functions: { ask: { params: ['i32'], results: ['i32'],
    call: (_caller, value) => {
      const answer = (allow ?? rules.get('allow')[0])({ value, url: new URL('https://example.org/' + value) });
      told?.(value);
      return answer === true ? 1 : answer instanceof Map ? 2 : answer instanceof Promise ? 3 : 0;
    } } } }] }) });`;

type Allow = (request: { readonly value: number; readonly url: URL }) => unknown;

/** A plug-in whose option is a function. */
const judge = definePlugin({
  name: 'judge',
  moduleNames: ['judge'],
  exportedAs: { module: `data:text/javascript,${encodeURIComponent(made)}`, export: 'judge' },
  options: {
    allow: functionOption<Allow>({ description: 'asked' }),
    told: functionOption<(value: number) => void>({ description: 'told' }),
    rules: {
      type: 'custom',
      description: 'deeper ones',
      read: (given: Map<string, readonly Allow[]> | undefined) => given,
    },
  },
  create: () => ({ modules: [hostModule('judge', { ask: hostFunction(['i32'], ['i32'], () => 0) })] }),
});

const guest = await wat(`(module
  (import "judge" "ask" (func $ask (param i32) (result i32)))
  (func (export "ask") (param i32) (result i32) (call $ask (local.get 0))))`);

describe.each(['worker', 'process'] as const)(
  'in placement %s a function that is an option of a plug-in',
  (placement) => {
    let runtime: PlacedRuntime | undefined;
    afterEach(() => runtime?.[Symbol.asyncDispose]());

    async function ask(options: Parameters<typeof judge>[0]) {
      runtime = await createRuntime({ placement, plugins: [judge(options)] });
      const { exports } = await runtime.instantiate(guest);
      return (value: number) => exports.ask?.(value) as Promise<number>;
    }

    it('stays here, and answers at once or in its own time', async () => {
      const told: number[] = [];
      const call = await ask({
        allow: ({ value, url }) => {
          expect(url).toEqual(new URL(`https://example.org/${value}`));
          return value < 10 ? value === 1 : Promise.resolve(new Map([['deep', [value]]]));
        },
        told: async (value) => {
          told.push(value);
        },
      });
      expect([await call(1), await call(2), await call(10)]).toEqual([1, 0, 2]);
      expect(told).toEqual([1, 2, 10]);
    });

    it('may lie deep in the options', async () => {
      const call = await ask({ rules: new Map([['allow', [async () => true]]]) });
      expect(await call(1)).toBe(1);
    });

    it('throws as it has thrown, and goes on', async () => {
      const thrown = new RangeError('not today');
      const call = await ask({
        allow: async ({ value }) => {
          if (value === 0) throw thrown;
          return true;
        },
      });
      expect(await call(0).catch((error: unknown) => error)).toBe(thrown);
      expect(await call(1)).toBe(1);
    });

    it('does not give what cannot cross', async () => {
      const call = await ask({ allow: async () => () => true });
      await expect(call(0)).rejects.toThrow(/result of the function allow of judge\(\) is a function/);
      await expect(call(0)).rejects.toSatisfy(CannotCrossError.isInstance);
    });
  },
);
