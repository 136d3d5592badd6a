import { createRuntime } from '../../index.js';

// A program whose guest reads its stdin, once in each of two calls. It ends though stdin does not.

const [guest] = process.argv.slice(2) as [string];
const runtime = await createRuntime({ placement: 'worker', wasi: { stdout: 'capture' } });
for (const call of ['first', 'second']) {
  await runtime.run(guest, { stdin: process.stdin });
  process.stdout.write(`${call}: ${Buffer.from(runtime.stdout)}\n`);
}
await runtime[Symbol.asyncDispose]();
