import { posix } from 'node:path';
import { ArgumentError } from './argument-error.js';

/** One `--dir`: WasmEdge's order, guest path before host path. */
export interface DirOption {
  readonly guest: string;
  readonly host: string;
}

/** Adds one `--dir host` or `--dir guest:host` to those before it. */
export function addDir(value: string, before: readonly DirOption[] = []): DirOption[] {
  if (/:readonly$/.test(value)) {
    throw new ArgumentError(
      'Folders cannot be made read-only; give the guest a copy of what it must not change.',
    );
  }
  // The colon after a drive letter does not divide.
  const colon = /^[A-Za-z]:[\\/]/.test(value) ? -1 : value.indexOf(':');
  const dir = colon < 0 ? { guest: value, host: value } : split(value, colon, 'guest', 'host');
  if (dir.guest === '' || dir.host === '') {
    throw new ArgumentError('Give a folder, or guest-path:host-path.');
  }
  const same = before.find(({ guest }) => folderName(guest) === folderName(dir.guest));
  if (same !== undefined) {
    throw new ArgumentError(
      `The guest cannot have two folders with the name ${dir.guest}: ${same.host} and ${dir.host}. Give one of them another name.`,
    );
  }
  return [...before, dir];
}

/** `data/` and `./data` are one folder for a guest. */
function folderName(guest: string): string {
  return posix.normalize(guest).replace(/(?<=.)\/$/, '');
}

/** Adds one `--env NAME=VALUE` to those before it. */
export function addEnv(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const equals = value.indexOf('=');
  if (equals < 1) {
    throw new ArgumentError('Give NAME=VALUE.');
  }
  const { name, text } = split(value, equals, 'name', 'text');
  if (Object.hasOwn(before, name)) {
    throw new ArgumentError(`${name} is given twice; give one value.`);
  }
  return { ...before, [name]: text };
}

/** Adds one value of a repeatable option to those before it. */
export function addValue(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Reads a whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new ArgumentError(`Give a whole number ${range}.`);
    }
    return number;
  };
}

function split<First extends string, Second extends string>(
  value: string,
  at: number,
  first: First,
  second: Second,
): Record<First | Second, string> {
  return { [first]: value.slice(0, at), [second]: value.slice(at + 1) } as Record<First | Second, string>;
}
