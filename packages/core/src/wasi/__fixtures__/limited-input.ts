import { createRuntime, type WasmEdgePluginsError } from '../../index.js';

// A program of its own: runs a guest, given in base64, with a time limit and the program's own input, and says how it ended.
using runtime = await createRuntime({ engine: 'wasmedge', limits: { timeoutMs: 200 } });
try {
  process.stdout.write(`${runtime.run(Buffer.from(process.argv[2] ?? '', 'base64'))}\n`);
} catch (error) {
  process.stdout.write(`${(error as WasmEdgePluginsError).code}\n`);
}
