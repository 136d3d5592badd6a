import { InvalidArgumentError } from 'commander';

/** One `--dir`: WasmEdge's order, guest path before host path. */
export interface DirOption {
  readonly guest: string;
  readonly host: string;
}

/** Adds one `--dir host` or `--dir guest:host` to those before it. */
export function addDir(value: string, before: readonly DirOption[] = []): DirOption[] {
  if (/:readonly$/.test(value)) {
    throw new InvalidArgumentError('Folders cannot be made read-only; copy what the guest may not change.');
  }
  // The colon after a drive letter does not divide.
  const colon = /^[A-Za-z]:[\\/]/.test(value) ? -1 : value.indexOf(':');
  const dir = colon < 0 ? { guest: value, host: value } : split(value, colon, 'guest', 'host');
  if (dir.guest === '' || dir.host === '') {
    throw new InvalidArgumentError('Give a folder, or guest-path:host-path.');
  }
  return [...before, dir];
}

/** Adds one `--env NAME=VALUE` to those before it. */
export function addEnv(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const equals = value.indexOf('=');
  if (equals < 1) {
    throw new InvalidArgumentError('Give NAME=VALUE.');
  }
  const { name, text } = split(value, equals, 'name', 'text');
  return { ...before, [name]: text };
}

/** Adds one value of a repeatable option to those before it. */
export function addValue(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Reads a whole number of at least `least`. */
export function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || !Number.isSafeInteger(number)) {
      throw new InvalidArgumentError(`Give a whole number of at least ${least}.`);
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
