import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import { wasmFile } from './wasm-file.js';
import type { LiteRtFactory, LiteRtModule } from './wasm-interface.js';

/** What LiteRT.js needs for itself, in bytes, and what its script lets it have. */
const leastMemory = 2 ** 26;
const maxMemory = 2 ** 31;

/**
 * Makes an instance of LiteRT.js's WebAssembly module.
 *
 * @param maxBytes most bytes of its memory, at least 64 MiB and at most 2 GiB.
 * The script around it is made for a page or a worker of a browser, where it leaves a global variable behind; as a CommonJS module, which it
 * can be too, it touches none. Its file name says that it is an ES module, so it cannot be required.
 */
export async function loadModule(
  maxBytes: number,
  printError: (line: string) => void,
): Promise<LiteRtModule> {
  const file = wasmFile();
  const bound = Math.min(Math.max(maxBytes, leastMemory), maxMemory);
  const module: { exports: unknown } = { exports: {} };
  const parameters = ['module', 'exports', 'require', '__filename', '__dirname'];
  const script = compileFunction(adapt(readFileSync(file, 'utf8'), bound), parameters, { filename: file });
  script(module, module.exports, createRequire(file), file, dirname(file));
  return (module.exports as LiteRtFactory)({ print: printError, printErr: printError });
}

/**
 * Changes two things of the script. Its functions for the stack become part of the module: what throws leaves the stack as it was then. And the
 * memory, which may grow to 2 GiB, gets a lower bound, since a guest's model says how much it needs.
 */
function adapt(source: string, maxBytes: number): string {
  const stack = /^var stackSave = .*;$/m;
  const bound = /(^var getHeapMax = [\s\S]*?\n)2147483648;$/m;
  if (!stack.test(source) || !bound.test(source)) {
    throw new Error('This version of @litertjs/core is not supported.');
  }
  return source
    .replace(bound, (_, text) => `${text}${maxBytes};`)
    .replace(stack, (text) => `${text}\nModule.stackSave = stackSave;\nModule.stackRestore = stackRestore;`);
}
