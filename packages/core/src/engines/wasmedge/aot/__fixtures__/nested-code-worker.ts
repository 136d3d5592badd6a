// A program of its own: node nested-code-worker.js guarded|unguarded OUTER INNER, the modules in base64. Compiled code calls the host, which calls
// compiled code of another guest.
import { hostFunction, hostModule } from '../../../../index.js';
import { openLibrary } from '../../../../native/library.js';
import { createRuntimeWith } from '../../../../runtime/create-inline-runtime.js';
import { compileOnDemand } from './compile-on-demand.js';

const [what, outer = '', inner = ''] = process.argv.slice(2);
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const aot = { source: compileOnDemand(), isExpendable: true };

// As if this libwasmedge went on rightly.
if (what === 'unguarded') Object.assign(openLibrary(undefined), { nestsCompiledCode: true });

using others = await createRuntimeWith({ engine: 'wasmedge' }, aot);
const { exports } = others.instantiate(bytes(inner));
const call = hostFunction([], ['i32'], () => {
  try {
    return exports.one?.() as number;
  } catch (error) {
    console.log(`refused: ${(error as { code?: string }).code}`);
    return 0;
  }
});
const other = hostFunction([], ['i32'], () => 7);
using runtime = await createRuntimeWith(
  { engine: 'wasmedge', hostModules: [hostModule('host', { call, other })] },
  aot,
);
try {
  console.log(`sum: ${String(runtime.instantiate(bytes(outer)).exports.sum?.())}`);
} catch (error) {
  console.log(`ended: ${(error as Error).message}`);
}
