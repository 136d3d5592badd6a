import { NativePluginInvalidError } from '../../errors/native-plugin-errors.js';
import { optionTypes, type PluginOptionType } from '../../plugin-description/plugin-description.js';
import { descriptorFunctions } from '../../plugin-file/static-descriptor.js';
import { nativeFields } from '../native-bytes.js';
import type { Pointer } from '../native-functions.js';
import { nativeText } from './native-text.js';
import type { OpenedFile } from './open-plugin-file.js';

/** The descriptor of a plug-in that is in the process. */
export interface LoadedDescriptor {
  readonly kind: 'c' | 'cpp';
  readonly address: Pointer;
  /** The plug-in's file, for messages. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly apiVersion: number;
  /** Four numbers with points between them. */
  readonly version: string;
}

/** One option that a C plug-in declares. */
export interface DeclaredOption {
  readonly name: string;
  readonly description: string;
  readonly type: PluginOptionType;
  /** Where the plug-in keeps the value. */
  readonly storage: Pointer;
  /** Where the default is; 0 where there is none. */
  readonly defaultValue: Pointer;
}

const commonSize = 36;
const descriptorSize = 64;
const moduleSize = 24;
const optionSize = 40;
const maxEntries = 4096;
const longestText = 65_536;

/**
 * Descriptors in the order in which WasmEdge asks for them. Both kinds begin with the same fields.
 *
 * @param path of the plug-in, for messages.
 * @throws {NativePluginInvalidError} when one has no name, or a text without an end.
 */
export function readDescriptors(file: OpenedFile, path: string): readonly LoadedDescriptor[] {
  return (['cpp', 'c'] as const).flatMap((kind) => {
    const name = descriptorFunctions[kind];
    if (!hasSymbol(file, name)) {
      return [];
    }
    const descriptor: () => number | bigint = file.func(name, 'uint64_t', []);
    const address = Number(descriptor());
    return address === 0 ? [] : [readDescriptor(kind, address, path)];
  });
}

/** The options of a loaded C plug-in; those of a C++ plug-in are not C structures. */
export function declaredOptions({
  kind,
  address,
  path,
}: LoadedDescriptor): readonly DeclaredOption[] | undefined {
  if (kind === 'cpp') {
    return undefined;
  }
  return entries(address, 40, 56, optionSize, path).map((option) => readOption(option, path));
}

/**
 * Throws for a C descriptor that WasmEdge would follow to nowhere: it looks at nothing before.
 *
 * @throws {NativePluginInvalidError}
 */
export function requireSound(descriptor: LoadedDescriptor): void {
  if (descriptor.kind === 'cpp') {
    return;
  }
  const { address, path } = descriptor;
  for (const module of entries(address, 36, 48, moduleSize, path)) {
    const fields = nativeFields(module, moduleSize);
    requireText(fields.getBigUint64(0, true), path, 'a module without a name');
    if (fields.getBigUint64(16, true) === 0n) {
      throw unsound(path, 'a module without a function that makes it');
    }
  }
  for (const { name, type, storage } of declaredOptions(descriptor) ?? []) {
    if (storage === 0 && type !== 'none') {
      throw unsound(path, `the option ${name} without a place for its value`);
    }
  }
}

/** The addresses of the entries of a list, whose count and whose address are fields of the descriptor. */
function entries(
  address: Pointer,
  countField: number,
  listField: number,
  size: number,
  path: string,
): readonly bigint[] {
  const fields = nativeFields(address, descriptorSize);
  const count = fields.getUint32(countField, true);
  const list = fields.getBigUint64(listField, true);
  if (count > maxEntries || (count > 0 && list === 0n)) {
    throw unsound(path, `${count} modules or options ${list === 0n ? 'and no list of them' : ''}`.trimEnd());
  }
  return Array.from({ length: count }, (_, index) => list + BigInt(index * size));
}

function readDescriptor(kind: 'c' | 'cpp', address: Pointer, path: string): LoadedDescriptor {
  const fields = nativeFields(address, commonSize);
  return {
    kind,
    address,
    path,
    name: requireText(fields.getBigUint64(0, true), path, 'no name'),
    description: textAt(fields.getBigUint64(8, true), path, 'a description'),
    apiVersion: fields.getUint32(16, true),
    version: [20, 24, 28, 32].map((field) => fields.getUint32(field, true)).join('.'),
  };
}

function readOption(address: bigint, path: string): DeclaredOption {
  const fields = nativeFields(address, optionSize);
  return {
    name: requireText(fields.getBigUint64(0, true), path, 'an option without a name'),
    description: textAt(fields.getBigUint64(8, true), path, 'a description'),
    type: optionTypes[fields.getInt32(16, true)] ?? 'none',
    storage: Number(fields.getBigUint64(24, true)),
    defaultValue: Number(fields.getBigUint64(32, true)),
  };
}

function textAt(address: bigint, path: string, what: string): string {
  const text = address === 0n ? '' : nativeText(address, longestText);
  if (text === undefined) {
    throw unsound(path, `${what} of more than ${longestText} bytes`);
  }
  return text;
}

function requireText(address: bigint, path: string, without: string): string {
  const text = textAt(address, path, 'a name');
  if (text === '') {
    throw unsound(path, without);
  }
  return text;
}

function unsound(path: string, what: string): NativePluginInvalidError {
  return new NativePluginInvalidError(
    `${path} is not a native plug-in that can be loaded: its descriptor has ${what}. Report this to its author, or use provider: 'embedded'.`,
  );
}

function hasSymbol(file: OpenedFile, name: string): boolean {
  try {
    file.symbol(name);
    return true;
  } catch {
    return false;
  }
}
