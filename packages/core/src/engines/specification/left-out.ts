import type { EngineName } from '../../index.js';
import type { Action, Command, ScriptValue } from './script.js';
import { isSignallingNan } from './values.js';

/** Why a command cannot be given to WebAssembly from JavaScript, with or without this package; `undefined` for one that can. */
export function leftOutByJavaScript(command: Command, engine: EngineName): string | undefined {
  if (!('action' in command)) return undefined;
  const { args = [] }: Action = command.action;
  const results: readonly ScriptValue[] = 'expected' in command ? command.expected : [];
  if (engine === 'v8' && [...args, ...results].some(({ type }) => type === 'v128'))
    return 'a v128, which JavaScript cannot pass to V8';
  return /reinterpret|splat/.test(command.action.field) && args.some(isSignallingNan)
    ? 'bits of a signalling NaN, which is a quiet one as a number of JavaScript'
    : undefined;
}
