import { expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../../__fixtures__/engines.js';
import { expectThrows } from '../../__fixtures__/expect-error.js';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime, hostFunction, hostModule, NoMemoryError } from '../../index.js';

const write =
  '(import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))';
const data = '(data (i32.const 0) "\\10\\00\\00\\00\\06\\00\\00\\00") (data (i32.const 16) "hello\\n")';
const hello = '(drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))';
const start = '(func (export "_start"))';

const notExported = wat(`(module ${write} (memory 1) ${data} (func (export "_start") ${hello}))`);
const starts = wat(
  `(module ${write} (memory (export "memory") 1) ${data} (func $s ${hello}) (start $s) ${start})`,
);

async function run(engine: 'v8' | 'wasmedge', guest: Uint8Array): Promise<string> {
  using runtime = await createRuntime({ engine, wasi: { stdout: 'capture' } });
  const code = runtime.run(guest);
  return `${code} ${Buffer.from(runtime.stdout).toString()}`;
}

forEngine('wasmedge', () => {
  it('reaches a memory that is not exported, and that of a guest that starts', async () => {
    expect(await run('wasmedge', notExported)).toBe('0 hello\n');
    expect(await run('wasmedge', starts)).toBe('0 hello\n');
  });
});

// Nothing may be lost without a word: docs/troubleshooting.md promises ERR_NO_MEMORY.
forEngine('v8', () => {
  it.each([
    ['is not exported', notExported, /does not export its memory.*wasmedge/],
    ['is that of a guest that starts', starts, /start function.*_initialize/],
  ])('ends the guest whose memory %s', async (_what, guest, message) => {
    using runtime = await createRuntime({ engine: 'v8', wasi: { stdout: 'capture' } });
    expectThrows(() => runtime.run(guest), NoMemoryError, 'ERR_NO_MEMORY', message);
    expect(runtime.stdout.byteLength).toBe(0);
    expectThrows(() => runtime.instantiate(starts), NoMemoryError, 'ERR_NO_MEMORY', /start function/);
  });

  it('ends it whatever the host function makes of the error', async () => {
    const swallow = hostFunction([], ['i32'], ({ memory }) => memory.readU8(0));
    const swallowing = { ...swallow, call: (caller: never) => swallowed(() => swallow.call(caller)) };
    const asking = hostFunction([], ['i32'], ({ hasMemory }) => (hasMemory ? 1 : 0));
    using runtime = await createRuntime({
      engine: 'v8',
      hostModules: [hostModule('env', { read: swallowing, ask: asking })],
    });
    const guest = (memory: string) =>
      runtime.instantiate(
        wat(`(module (import "env" "read" (func $read (result i32))) (import "env" "ask" (func $ask (result i32))) ${memory}
          (func (export "read") (result i32) (call $read)) (func (export "ask") (result i32) (call $ask)))`),
      ).exports;
    const outOfReach = guest('(memory 1)');
    expectThrows(() => outOfReach.read?.(), NoMemoryError, 'ERR_NO_MEMORY');
    expect(outOfReach.ask?.()).toBe(0);
    expectThrows(() => outOfReach.read?.(), NoMemoryError, 'ERR_NO_MEMORY');
    // A guest that has none gets the answer that the function has for it.
    expect(guest('').read?.()).toBe(12);
    expect(guest('(memory (export "other name") 1)').read?.()).toBe(0);
  });

  const twoMemories = '(memory 1) (memory (export "memory") 1)';
  // Node.js 20 has no module with two memories.
  it.skipIf(!WebAssembly.validate(wat(`(module ${twoMemories})`)))(
    'takes no other memory for memory 0',
    async () => {
      const read = hostFunction([], ['i32'], ({ memory }) => memory.readU8(0));
      using runtime = await createRuntime({ engine: 'v8', hostModules: [hostModule('env', { read })] });
      const guest = runtime.instantiate(
        wat(`(module (import "env" "read" (func $read (result i32))) ${twoMemories}
          (func (export "read") (result i32) (call $read)))`),
      );
      expect(guest.memory).toBe(undefined);
      expectThrows(() => guest.exports.read?.(), NoMemoryError, 'ERR_NO_MEMORY', /Export memory 0/);
    },
  );
});

forEachEngine((engine) => {
  it('reaches an imported memory from a start function', async () => {
    using runtime = await createRuntime({ engine, wasi: { stdout: 'capture' } });
    runtime.instantiate(wat('(module (memory (export "memory") 1))'), { name: 'owner' });
    runtime.instantiate(
      wat(`(module ${write} (import "owner" "memory" (memory 1)) ${data} (func $s ${hello}) (start $s))`),
    );
    expect(Buffer.from(runtime.stdout).toString()).toBe('hello\n');
  });
});

function swallowed(use: () => number): number {
  try {
    return use();
  } catch {
    return 12;
  }
}
