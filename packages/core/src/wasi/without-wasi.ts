import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { Wasi } from './create-wasi.js';

const nothing = new Uint8Array();

/** In place of WASI in a runtime whose guests do not import it. */
export const withoutWasi: Wasi = {
  moduleName: 'wasi_snapshot_preview1',
  get module(): never {
    throw new InvalidArgumentError('This runtime was made for guests that do not import WASI.');
  },
  stdout: nothing,
  stderr: nothing,
  writeStdout() {},
  takeOutput: () => undefined,
  check: () => {
    throw new InvalidArgumentError('This runtime was made for guests that do not import WASI.');
  },
  begin() {},
  during: (_programName, _options, use) => use(),
  [Symbol.dispose]() {},
};
