import { existsSync } from 'node:fs';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { compileShim } from './library/compile-shim.js';
import { findLibtorch } from './library/find-libtorch.js';
import { shimFile } from './library/shim-file.js';

/** The command `wasi-nn-pytorch-build`: prints the file of the shim, which it builds unless it is there. */
try {
  const libtorch = findLibtorch();
  let file = shimFile(libtorch);
  if (!existsSync(file)) {
    process.stderr.write(
      `Building for libtorch ${libtorch.version} in ${libtorch.libraries}; this may take a minute ...\n`,
    );
    file = compileShim(libtorch);
  }
  process.stdout.write(`${file}\n`);
} catch (error) {
  if (!BackendUnavailableError.isInstance(error)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
}
