// @ts-check
// Prints 40 + 2 as calls.wat adds it: start-up-program.mjs <v8 | wasmedge | plain> <calls.wasm>
import { readFileSync } from 'node:fs';

const [engine, guest] = /** @type {[string, string]} */ (/** @type {unknown} */ (process.argv.slice(2)));
console.log(engine === 'plain' ? plain() : await throughCore());

async function throughCore() {
  const { openCalls } = await import('./runtimes.mjs');
  const { runtime, exports } = await openCalls(engine === 'v8' ? 'v8' : 'wasmedge', readFileSync(guest));
  const answer = exports.add(40, 2);
  runtime[Symbol.dispose]();
  return answer;
}

function plain() {
  const env = { nop: () => {}, plus: () => 0 };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(guest)), { env });
  return /** @type {(a: number, b: number) => number} */ (exports.add)(40, 2);
}
