// A program of its own: node beside-v8-worker.js CASE GUEST V8-GUEST, the modules in base64.
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { hostFunction, hostModule } from '../../../../index.js';
import { createRuntimeWith } from '../../../../runtime/create-inline-runtime.js';
import { compileOnDemand } from './compile-on-demand.js';

const [what, guest = '', other = ''] = process.argv.slice(2);
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const isExpendable = what !== 'inline';

// Made before compiled code has run: V8 would set the rights of its keys anew when it compiles.
const { exports: v8Exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes(other) as BufferSource));
const trap = v8Exports.trap as () => void;

/** Traps on V8, which tells so. */
function trapOnV8(): void {
  try {
    trap();
  } catch (error) {
    console.log(`V8: ${(error as Error).message}`);
  }
}

/** Traps on V8 again and again while compiled code runs in another thread. */
async function trapBesideThread(): Promise<void> {
  const thread = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) });
  await once(thread, 'message');
  let isOver = false;
  thread.once('exit', () => {
    isOver = true;
  });
  for (let traps = 0; !isOver || traps < 5; traps++) {
    trapOnV8();
    await turn();
  }
}

const isSpinning = what === 'thread' && !isMainThread;

try {
  if (what === 'thread' && isMainThread) await trapBesideThread();
  const tellSpinning = () => parentPort?.postMessage('in compiled code');
  const fromInside = what === 'inside' ? trapOnV8 : isSpinning ? tellSpinning : () => {};
  using runtime = await createRuntimeWith(
    {
      engine: 'wasmedge',
      hostModules: [hostModule('host', { call: hostFunction([], [], fromInside) })],
      limits: what === 'limited' ? { timeoutMs: 1000 } : {},
    },
    { source: compileOnDemand(), isExpendable: isExpendable && what !== 'limited' },
  );
  const { exports } = runtime.instantiate(bytes(guest));
  for (const name of ['call', 'trap', 'call', 'recurse', 'spin'] as const) {
    if (name === 'recurse' && what !== 'deep') continue;
    if (name === 'spin' && !isSpinning) continue;
    try {
      exports[name]?.();
      console.log(`${name}: returned`);
    } catch (error) {
      console.log(`${name}: ${(error as Error).message}`);
    }
  }
  if (what === 'after') trapOnV8();
  console.log('survived');
} catch (error) {
  console.log(`refused: ${(error as { code?: string }).code} ${(error as Error).message}`);
}
