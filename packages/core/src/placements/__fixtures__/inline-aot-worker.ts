// A program of its own, started with the options that compiled code needs: node inline-aot-worker.js PLACEMENT GUEST V8-GUEST, the modules in
// base64. It prints an object of what happened.
import { createRuntime, type PlacedInstance, type PlacedRuntime, type Runtime } from '../../index.js';

const [placement, guest = '', onV8 = ''] = process.argv.slice(2);
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const seen: Record<string, unknown> = {};

async function tell(name: string, call: () => unknown): Promise<void> {
  try {
    seen[name] = await call();
  } catch (error) {
    const { code, trap, message } = error as { code?: string; trap?: string; message: string };
    seen[name] = trap ?? code ?? message;
  }
}

const runtime: Runtime | PlacedRuntime = await createRuntime({
  placement: placement as 'inline' | 'worker',
  aot: 'inline',
} as { placement: 'worker'; aot: 'inline' });
const runs = () => runtime.report().aot?.guests.at(-1)?.runs;
type AnyInstance = PlacedInstance<Readonly<Record<string, (...args: number[]) => unknown>>>;
const instantiate = async () => (await runtime.instantiate(bytes(guest))) as unknown as AnyInstance;

await instantiate();
await tell('at first', runs);
await tell('compiled', async () => (await runtime.compile(bytes(guest))).form);
const instance = await instantiate();
await tell('at last', runs);
await tell('add', () => instance.exports.add?.(40, 2));
await tell('trap', () => instance.exports.trap?.());
await tell('V8', () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes(onV8) as BufferSource));
  return (exports.trap as () => void)();
});
await tell('add again', () => instance.exports.add?.(1, 2));
await tell('time', () => runtime.run(bytes(guest), { timeoutMs: 1000 }));
await tell('signal', () => runtime.run(bytes(guest), { signal: new AbortController().signal }));
if (Symbol.asyncDispose in runtime) await runtime[Symbol.asyncDispose]();
else (runtime as unknown as Runtime)[Symbol.dispose]();
console.log(JSON.stringify(seen));
