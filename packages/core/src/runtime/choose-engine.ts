import type { EngineName, RuntimeOptions } from './runtime-options.js';

/** The engine for these options, and why. */
export function chooseEngine(options: RuntimeOptions): {
  readonly engine: EngineName;
  readonly reason: string;
} {
  if (options.engine !== undefined) {
    return { engine: options.engine, reason: 'the option engine asks for it' };
  }
  const native = options.plugins?.find((plugin) => plugin.provider === 'native');
  if (native !== undefined) {
    return { engine: 'wasmedge', reason: `the native provider of ${native.name} needs it` };
  }
  if (options.library !== undefined) {
    return { engine: 'wasmedge', reason: 'the option library names a libwasmedge' };
  }
  if (options.limits?.cost !== undefined) {
    return { engine: 'wasmedge', reason: 'limits.cost needs it' };
  }
  if (options.limits?.timeoutMs !== undefined) {
    return { engine: 'wasmedge', reason: 'limits.timeoutMs needs it' };
  }
  return { engine: 'v8', reason: 'it is the default' };
}
