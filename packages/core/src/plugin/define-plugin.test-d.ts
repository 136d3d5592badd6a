import { describe, expectTypeOf, it } from 'vitest';
import {
  type DefinedPlugin,
  definePlugin,
  type ExportReference,
  functionOption,
  type OptionDefinitionsOf,
  type Plugin,
  type PluginCommandLine,
  type ProviderOptions,
} from '../index.js';

describe('definePlugin', () => {
  const define = definePlugin({
    name: 'typed',
    moduleNames: ['typed'],
    options: {
      label: { type: 'string', default: '', description: '' },
      size: { type: 'number', default: 0, description: '' },
      names: { type: 'strings', default: [], description: '' },
      loud: { type: 'boolean', default: false, description: '' },
    },
    create: (options) => {
      expectTypeOf(options).toEqualTypeOf<{
        readonly label: string;
        readonly size: number;
        readonly names: readonly string[];
        readonly loud: boolean;
      }>();
      return { modules: [] };
    },
  });

  it('types the options that callers give', () => {
    expectTypeOf(define({ size: 1, provider: 'native' })).toEqualTypeOf<Plugin>();
    expectTypeOf(define.commandLine).toEqualTypeOf<PluginCommandLine>();
    // @ts-expect-error a number is wanted
    define({ size: '1' });
    // @ts-expect-error there is no such option
    define({ weight: 1 });
    // @ts-expect-error there is no such provider
    define({ provider: 'auto' });
  });

  it('wants defaults of the option’s type, and takes no options where there are none', () => {
    definePlugin({
      name: 'x',
      moduleNames: ['x'],
      // @ts-expect-error the default is not a number
      options: { size: { type: 'number', default: 'large', description: '' } },
      create: () => ({ modules: [] }),
    });
    const plain = definePlugin({ name: 'x', moduleNames: ['x'], create: () => ({ modules: [] }) });
    plain({ provider: 'embedded' });
    // @ts-expect-error it has no option
    plain({ size: 1 });
  });

  it('types every kind of option, for callers and for create', () => {
    const rich = definePlugin({
      name: 'rich',
      moduleNames: ['rich'],
      options: {
        size: { type: 'integer', default: 3, max: 10, description: '' },
        label: { type: 'string', description: '' },
        mode: { type: 'choice', choices: ['up', 'down'], default: 'up', description: '' },
        sizes: { type: 'table', default: {}, description: '' },
        place: { type: 'custom', description: '', read: (given: URL | undefined) => given?.port },
        onCall: functionOption<(count: number) => void>({ description: '' }),
      },
      check(values, { given }) {
        given.has('size');
        // @ts-expect-error there is no such option
        given.has('weight');
        return values.mode === 'up' ? 'no' : undefined;
      },
      create(options) {
        expectTypeOf(options).toEqualTypeOf<{
          readonly size: number;
          readonly label: string | undefined;
          readonly mode: 'up' | 'down';
          readonly sizes: Readonly<Record<string, string>>;
          readonly place: string | undefined;
          readonly onCall: ((count: number) => void) | ExportReference | undefined;
        }>();
        return { modules: [] };
      },
    });
    rich({ mode: 'down', place: new URL('file:///x'), onCall: (count) => count + 1, sizes: { a: '1' } });
    rich({ onCall: { module: import.meta.url, export: 'x' } });
    // @ts-expect-error there is no such choice
    rich({ mode: 'left' });
    // @ts-expect-error a URL is wanted
    rich({ place: 'file:///x' });
    // @ts-expect-error a function of another type
    rich({ onCall: (name: string) => name });
  });

  it('takes auto where there is something that chooses, and gives the plug-in its members', () => {
    const names = { name: 'x', moduleNames: ['x'], create: () => ({ modules: [] }) };
    const choosing = definePlugin({
      ...names,
      options: { size: { type: 'integer', default: 1, description: '' } },
      chooseProvider({ size }, nativePath) {
        expectTypeOf(size).toEqualTypeOf<number>();
        expectTypeOf(nativePath).toEqualTypeOf<string | undefined>();
        return { provider: 'embedded', reason: 'it is here' };
      },
      members: ({ size }, { subject }) => ({ sizeOf: () => size, subject }),
    });
    const made = choosing({ provider: 'auto', size: 2 });
    expectTypeOf(made.sizeOf()).toEqualTypeOf<number>();
    expectTypeOf(made.subject).toEqualTypeOf<string>();
    // @ts-expect-error there is no such provider
    choosing({ provider: 'other' });
    choosing satisfies DefinedPlugin<{ readonly size?: number }, Plugin & { sizeOf(): number }>;
    // @ts-expect-error it has no such member
    choosing satisfies DefinedPlugin<{ readonly size?: number }, Plugin & { weigh(): number }>;
  });

  it('ties definitions to an interface: none missing, none surplus, of its types', () => {
    interface Options {
      readonly size?: number | undefined;
      readonly place?: URL | undefined;
    }
    const size = { type: 'integer', default: 1, description: '' } as const;
    const place = { type: 'custom', description: '', read: (given: URL | undefined) => given } as const;
    ({ size, place }) satisfies OptionDefinitionsOf<Options>;
    // @ts-expect-error place is missing
    ({ size }) satisfies OptionDefinitionsOf<Options>;
    // @ts-expect-error weight is surplus
    ({ size, place, weight: size }) satisfies OptionDefinitionsOf<Options>;
    const names = { name: 'x', moduleNames: ['x'], create: () => ({ modules: [] }) };
    definePlugin({ ...names, options: { size, place } }) satisfies DefinedPlugin<Options & ProviderOptions>;
    const text = { type: 'string', default: '', description: '' } as const;
    const other = definePlugin({ ...names, options: { size: text, place } });
    // @ts-expect-error the definition wants a text
    other satisfies DefinedPlugin<Options>;
  });
});
