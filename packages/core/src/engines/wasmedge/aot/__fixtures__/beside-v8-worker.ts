// A program of its own: node beside-v8-worker.js CASE GUEST V8-GUEST, the modules in base64.
import { hostFunction, hostModule } from '../../../../index.js';
import { createRuntimeWith } from '../../../../runtime/create-inline-runtime.js';
import { compileOnDemand } from './compile-on-demand.js';

const [what, guest = '', other = ''] = process.argv.slice(2);
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const isExpendable = what !== 'inline';

/** Traps on V8, which tells so. */
function trapOnV8(): void {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes(other) as BufferSource));
  try {
    (exports.trap as () => void)();
  } catch (error) {
    console.log(`V8: ${(error as Error).message}`);
  }
}

try {
  const fromInside = what === 'inside' ? trapOnV8 : () => {};
  using runtime = await createRuntimeWith(
    {
      engine: 'wasmedge',
      hostModules: [hostModule('host', { call: hostFunction([], [], fromInside) })],
      limits: what === 'limited' ? { timeoutMs: 1000 } : {},
    },
    { source: compileOnDemand(), isExpendable: isExpendable && what !== 'limited' },
  );
  const { exports } = runtime.instantiate(bytes(guest));
  for (const name of ['call', 'trap', 'call', 'recurse'] as const) {
    if (name === 'recurse' && what !== 'deep') continue;
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
