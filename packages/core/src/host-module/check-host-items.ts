import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { isTable } from '../options/is-table.js';
import { describeValue } from '../values/check-arguments.js';
import { isSignature } from '../values/signature.js';
import { isHostObject } from './host-object.js';

const makers: Readonly<Record<string, string>> = {
  'WebAssembly.Memory': 'hostMemory()',
  'WebAssembly.Global': 'hostGlobal()',
  'WebAssembly.Table': 'hostTable()',
  'WebAssembly.Tag': 'hostTag()',
};

/**
 * Throws unless each item of a host module is a function or an object of the host, naming the first that is none.
 *
 * @param which the module as the message should name it: `the host module "env"`.
 * @param isItem what is allowed besides functions. Default: objects of the host.
 * @throws {InvalidArgumentError}
 */
export function checkHostItems(
  which: string,
  items: unknown,
  isItem: (value: unknown) => boolean = isHostObject,
): void {
  if (!isTable(items)) {
    throw new InvalidArgumentError(
      `The items of ${which} must be an object of functions and objects by name, not ${describeValue(items)}.`,
    );
  }
  const wrong = Object.keys(items).find((name) => !isHostFunction(items[name]) && !isItem(items[name]));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(
      `The item "${shownName(wrong)}" of ${which} is ${described(items[wrong])}`,
    );
  }
}

function described(value: unknown): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (Object.hasOwn(makers, tag)) {
    return `a ${tag}, which one engine only could use. Make it with ${makers[tag]}.`;
  }
  return typeof value === 'function'
    ? 'a function without the signature that guests see. Make it with hostFunction().'
    : `${describeValue(value)}. Make it with hostFunction(), hostMemory(), hostGlobal(), hostTable() or hostTag().`;
}

function isHostFunction(value: unknown): boolean {
  return isSignature(value) && 'call' in value && typeof value.call === 'function';
}
