import { expect, it, onTestFinished } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, hostFunction, hostModule, type Plugin } from '../index.js';
import { withRecipe } from '../recipe/recipe.js';

const guest = await wat(`(module
  (import "env" "ask" (func $ask (result i32)))
  (func (export "answer") (result i32) (call $ask)))`);

const ask = hostFunction([], ['i32'], () => 42, { on: 'caller' });

/** A plug-in that has something to say when it is made. */
const talker: Plugin = withRecipe(
  { name: 'talker', provider: 'embedded', moduleNames: ['talker'], create: () => ({ modules: [] }) },
  {
    module: `data:text/javascript,export const talker = () => ({
      name: 'talker', provider: 'embedded', moduleNames: ['talker'],
      create: ({ logger }) => (logger('warn', 'hello'), { modules: [] }),
    });`,
    export: 'talker',
  },
);

const throws = (text: string) => () => {
  throw new Error(text);
};

it.each(['worker', 'process'] as const)(
  'a logger or trace function that throws ends nothing in placement %s, and is told by a warning',
  async (placement) => {
    const warnings: string[] = [];
    const listen = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    const runtime = await createRuntime({
      placement,
      plugins: [talker],
      hostModules: [hostModule('env', { ask })],
      trace: throws('the trace'),
      logger: throws('the logger'),
    });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    const instance = await runtime.instantiate(guest);
    expect(await instance.exports.answer?.()).toBe(42);
    expect(await instance.exports.answer?.()).toBe(42);
    // They are told in a turn of their own.
    await new Promise(setImmediate);
    expect(new Set(warnings)).toEqual(
      new Set(
        ['logger', 'trace'].map(
          (name) => `WasmEdgePluginsWarning: The function ${name} has thrown: Error: the ${name}`,
        ),
      ),
    );
  },
);
