import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  compileGuest,
  createRuntime,
  DisposedError,
  GuestNotFoundError,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  InvalidGuestError,
  MemoryLimitError,
} from '../index.js';
import { openLibrary } from '../native/library.js';
import { readGuest } from './read-guest.js';

const counter = wat(`(module
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.get $count))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`);
const command = wat(`(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i32.const 7))))`);

const refused = (promise: Promise<unknown>, message: RegExp) =>
  expectRejects(promise, InvalidArgumentError, 'ERR_INVALID_ARGUMENT', message);

forEachEngine((engine) => {
  describe(`compileGuest on ${engine}`, () => {
    it('makes a guest for calls and runtimes, each with a state of its own', async () => {
      using guest = await compileGuest(counter, { engine });
      expect(guest.engine).toBe(engine);
      using first = await createRuntime({ engine });
      using second = await createRuntime({ engine });
      const instances = [first.instantiate(guest), first.instantiate(guest), second.instantiate(guest)];
      expect(instances.map(({ exports }) => [exports.next?.(), exports.next?.()])).toEqual([
        [1, 2],
        [1, 2],
        [1, 2],
      ]);
    });

    it('makes a command that runs again and again', async () => {
      using guest = await compileGuest(command, { engine });
      using runtime = await createRuntime({ engine });
      expect([runtime.run(guest), runtime.run(guest)]).toEqual([7, 7]);
    });

    it('reads a file, whose name is its program name', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'compile-guest-'));
      try {
        const path = join(folder, 'counter.wasm');
        writeFileSync(path, counter);
        using guest = await compileGuest(path, { engine });
        rmSync(path);
        using runtime = await createRuntime({ engine });
        expect(() => runtime.run(guest)).toThrow(/The guest counter\.wasm is /);
      } finally {
        rmSync(folder, { recursive: true });
      }
      await expectRejects(
        compileGuest(join(folder, 'gone.wasm'), { engine }),
        GuestNotFoundError,
        'ERR_GUEST_NOT_FOUND',
      );
    });

    it('names the file of a guest that is no module, however it is read', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'no-module-'));
      const path = join(folder, 'cut $& off.wasm');
      try {
        using runtime = await createRuntime({ engine });
        for (const [bytes, says] of [
          [new Uint8Array(), 'is empty (0 bytes)'],
          [Uint8Array.of(1, 2, 3, 4), 'is not a WebAssembly module'],
          [counter.subarray(0, counter.length - 3), 'is'],
        ] as const) {
          writeFileSync(path, bytes);
          for (const read of [
            () => compileGuest(path, { engine }),
            () => runtime.run(path),
            () => readGuest(path),
          ]) {
            await expect((async () => read())()).rejects.toThrow(`The guest cut $& off.wasm ${says}`);
          }
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('takes the bytes as they were when it was called', async () => {
      const bytes = Uint8Array.from(counter);
      const compiling = compileGuest(bytes, { engine });
      bytes.fill(0);
      using guest = await compiling;
      using runtime = await createRuntime({ engine });
      expect(runtime.instantiate(guest).exports.next?.()).toBe(1);
    });

    it('says of an invalid guest what instantiate says', async () => {
      using runtime = await createRuntime({ engine });
      const invalid = [
        Uint8Array.of(1, 2, 3),
        counter.subarray(0, counter.length - 3),
        wat('(module (func (result i32)))'),
      ];
      for (const bytes of invalid) {
        const error = await compileGuest(bytes, { engine }).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(InvalidGuestError);
        expect(() => runtime.instantiate(bytes)).toThrow(
          expect.objectContaining({ code: 'ERR_INVALID_GUEST', message: (error as Error).message }),
        );
      }
    });

    it('keeps the limit of each runtime', async () => {
      using guest = await compileGuest(counter, { engine, limits: { memoryPages: 4 } });
      using narrow = await createRuntime({ engine, limits: { memoryPages: 2 } });
      using equal = await createRuntime({ engine, limits: { memoryPages: 4 } });
      using wide = await createRuntime({ engine });
      const growth = [narrow, equal, wide].map((runtime) => {
        const { grow } = runtime.instantiate(guest).exports;
        return [4, 3, 1].map((pages) => grow?.(pages));
      });
      expect(growth).toEqual([
        [-1, -1, 1],
        [-1, 1, -1],
        [1, 5, 8],
      ]);
      using none = await createRuntime({ engine, limits: { memoryPages: 0 } });
      expectThrows(() => none.instantiate(guest), MemoryLimitError, 'ERR_MEMORY_LIMIT');
      await expectRejects(
        compileGuest(counter, { engine, limits: { memoryPages: 0 } }),
        MemoryLimitError,
        'ERR_MEMORY_LIMIT',
      );
    });

    it('is refused once it is disposed, and its instances go on', async () => {
      const guest = await compileGuest(counter, { engine });
      using runtime = await createRuntime({ engine });
      const { exports } = runtime.instantiate(guest);
      guest[Symbol.dispose]();
      guest[Symbol.dispose]();
      expect(exports.next?.()).toBe(1);
      expectThrows(() => runtime.instantiate(guest), DisposedError, 'ERR_DISPOSED', /compiled guest/);
    });

    it('may be disposed of by its own start function', async () => {
      const guest = await compileGuest(
        wat(
          '(module (import "host" "end" (func $end)) (start $end) (func (export "answer") (result i32) i32.const 42))',
        ),
        { engine },
      );
      const end = hostFunction([], [], () => guest[Symbol.dispose]());
      using runtime = await createRuntime({ engine, hostModules: [hostModule('host', { end })] });
      expect(runtime.instantiate(guest).exports.answer?.()).toBe(42);
    });

    it('outlives a runtime that used it', async () => {
      using guest = await compileGuest(counter, { engine });
      const ended = await createRuntime({ engine });
      ended.instantiate(guest);
      ended[Symbol.dispose]();
      using runtime = await createRuntime({ engine });
      expect(runtime.instantiate(guest).exports.next?.()).toBe(1);
    });

    it('can be made twice at once', async () => {
      const guests = await Promise.all([1, 2, 3].map(() => compileGuest(counter, { engine })));
      using runtime = await createRuntime({ engine });
      guests[0]?.[Symbol.dispose]();
      expect(guests.slice(1).map((guest) => runtime.instantiate(guest).exports.next?.())).toEqual([1, 1]);
      for (const guest of guests) guest[Symbol.dispose]();
    });

    it('compiles bytes that were given before only once, and others that came in their place', async () => {
      using runtime = await createRuntime({ engine });
      const answer = (value: number) =>
        wat(`(module (func (export "answer") (result i32) i32.const ${value}))`);
      const bytes = Uint8Array.from(answer(41));
      const answers = [runtime.instantiate(bytes).exports.answer?.()];
      bytes.set(answer(42));
      answers.push(runtime.instantiate(bytes).exports.answer?.());
      bytes.set(answer(41));
      answers.push(runtime.instantiate(bytes).exports.answer?.());
      expect(answers).toEqual([41, 42, 41]);
    });
  });

  it(`compileGuest refuses misspelt options on ${engine}`, async () => {
    for (const options of [{ engines: 'v8' }, { engine, limits: { memoryPage: 1 } }]) {
      await refused(compileGuest(counter, options as object), /compileGuest.* has no option/);
    }
    await refused(compileGuest(counter, { engine: 'node' as 'v8' }), /v8 or wasmedge/);
    await refused(compileGuest(7 as never, { engine }), /path or file URL/);
  });
});

forEngine('wasmedge', () => {
  it('is used on the other engine too', async () => {
    using forV8 = await compileGuest(counter);
    using forWasmEdge = await compileGuest(counter, { engine: 'wasmedge' });
    using v8 = await createRuntime({ engine: 'v8' });
    using wasmEdge = await createRuntime({ engine: 'wasmedge' });
    expect(v8.instantiate(forWasmEdge).exports.next?.()).toBe(1);
    expect(wasmEdge.instantiate(forV8).exports.next?.()).toBe(1);
  });

  it('parses a guest once for all runtimes, and leaves nothing when a thousand were disposed', async () => {
    const { c } = openLibrary(undefined);
    const made = vi.spyOn(c, 'ValidatorValidate');
    const freed = vi.spyOn(c, 'ASTModuleDelete');
    try {
      const bytes = wat('(module (func (export "f") (result i32) i32.const 17))');
      const guest = await compileGuest(bytes, { engine: 'wasmedge' });
      for (let round = 0; round < 3; round++) {
        using runtime = await createRuntime({ engine: 'wasmedge' });
        runtime.instantiate(guest);
      }
      expect(made).not.toHaveBeenCalled();
      expect(freed).not.toHaveBeenCalled();
      guest[Symbol.dispose]();
      expect(freed).toHaveBeenCalledTimes(1);
      for (let round = 0; round < 1000; round++) {
        using _ = await compileGuest(bytes, { engine: 'wasmedge' });
      }
      expect(freed).toHaveBeenCalledTimes(1001);
    } finally {
      made.mockRestore();
      freed.mockRestore();
    }
  });
});

it('compiles a guest once on v8', async () => {
  const compile = vi.spyOn(WebAssembly, 'Module');
  try {
    using guest = await compileGuest(counter);
    for (let round = 0; round < 3; round++) {
      using runtime = await createRuntime();
      runtime.instantiate(guest);
      runtime.instantiate(counter);
    }
    expect(compile).not.toHaveBeenCalled();
    using runtime = await createRuntime();
    const once = wat('(module (func (export "only here")))');
    runtime.instantiate(once);
    runtime.instantiate(Uint8Array.from(once));
    expect(compile).toHaveBeenCalledTimes(1);
  } finally {
    compile.mockRestore();
  }
});
