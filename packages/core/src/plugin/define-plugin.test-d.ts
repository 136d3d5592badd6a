import { describe, expectTypeOf, it } from 'vitest';
import { definePlugin, type Plugin, type PluginCommandLine } from '../index.js';

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
});
