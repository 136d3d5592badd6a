import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';
import { compileGuest, createPool, createRuntime, type RuntimeOptions } from '../../index.js';
import { compileNatively } from '../../native/__fixtures__/compile-natively.js';

const folder = mkdtempSync(join(tmpdir(), 'native-code-'));
afterAll(() => rmSync(folder, { recursive: true }));

const module = wat(`(module (memory 1) (table 1 funcref) (func (export "add") (param i32 i32) (result i32)
  local.get 0 local.get 1 i32.add))`);
const importer = wat(`(module (import "forged" "add" (func $add (param i32 i32) (result i32)))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 call $add))`);

/** A module whose wasm code subtracts and whose native code adds, and where the section of native code begins. */
function forge() {
  const forged = compileNatively(module);
  const code = Buffer.from(forged.buffer).indexOf(Buffer.from([0x20, 0x00, 0x20, 0x01, 0x6a, 0x0b]));
  forged[code + 4] = 0x6b;
  const name = Buffer.from(forged.buffer).indexOf('\u0008wasmedge');
  return { forged, wasm: forged.slice(0, module.byteLength), content: forged.slice(name) };
}

const leb = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...leb(Math.floor(value / 128))];

function section(...content: readonly (readonly number[] | Uint8Array)[]): number[] {
  const bytes = content.flatMap((part) => [...part]);
  return [0, ...leb(bytes.length), ...bytes];
}

forEngine('wasmedge', () => {
  let forged: Uint8Array;
  let wasm: Uint8Array;
  let content: Uint8Array;
  beforeAll(() => {
    ({ forged, wasm, content } = forge());
  });

  async function difference(guest: Uint8Array | string | URL, options: RuntimeOptions = {}) {
    using runtime = await createRuntime({ engine: 'wasmedge', ...options });
    return runtime.instantiate(guest).exports.add?.(44, 2);
  }

  it('does not run native code that a wasm file carries, however it is given', async () => {
    expect(forged.byteLength).toBeGreaterThan(2 * module.byteLength);
    const file = join(folder, 'forged.wasm');
    writeFileSync(file, forged);
    expect(await difference(forged)).toBe(42);
    expect(await difference(file)).toBe(42);
    expect(await difference(pathToFileURL(file))).toBe(42);
  });

  it('does not run it in a guest that was compiled before', async () => {
    for (const engine of ['wasmedge', 'v8'] as const) {
      using guest = await compileGuest(forged, { engine });
      using runtime = await createRuntime({ engine: 'wasmedge' });
      expect(runtime.instantiate(guest).exports.add?.(44, 2)).toBe(42);
    }
  });

  it('does not run it in a guest whose memories are bounded, or that others import from', async () => {
    expect(await difference(forged, { limits: { memoryPages: 3 } })).toBe(42);
    using runtime = await createRuntime({ engine: 'wasmedge' });
    using _provider = runtime.instantiate(forged, { name: 'forged' });
    expect(runtime.instantiate(importer).exports.add?.(44, 2)).toBe(42);
  });

  it.each(['worker', 'process'] as const)(
    'does not run it in placement %s, or in a pool',
    async (placement) => {
      const file = join(folder, `forged-${placement}.wasm`);
      writeFileSync(file, forged);
      const options = { engine: 'wasmedge', placement, aot: 'off' } as const;
      await using runtime = await createRuntime(options);
      await using pool = createPool({ ...options, size: 1, guest: forged });
      for (const guest of [forged, file]) {
        expect(await (await runtime.instantiate(guest)).exports.add?.(44, 2)).toBe(42);
      }
      expect(await pool.call('add', [44, 2])).toBe(42);
    },
  );

  it('finds it wherever the section is and however its name is written', async () => {
    const header = wasm.subarray(0, 8);
    const body = wasm.subarray(8);
    const native = section(content);
    const longName = section([0x88, 0x80, 0x80, 0x80, 0x00], content.subarray(1));
    const other = section([5, ...Buffer.from('other')]);
    for (const guest of [
      [...header, ...native, ...body],
      [...header, ...longName, ...body],
      [...wasm, ...longName],
      [...wasm, ...other, ...native, ...other, ...native],
    ]) {
      expect(await difference(Uint8Array.from(guest))).toBe(42);
    }
  });
});
