import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adder, forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  ExportMismatchError,
  GuestNotFoundError,
  GuestTrapError,
  InvalidArgumentError,
  InvalidGuestError,
  MemoryLimitError,
  MissingImportError,
  signature,
  UnknownExportError,
} from '../index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-guest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const library = wat(`(module
  (memory (export "memory") 1)
  (global (export "version") i32 (i32.const 3))
  (func (export "first") (param i32) (result i64) i64.const 0)
  (func (export "second")))`);

forEachEngine((engine) => {
  it('takes a guest as a path, a file URL and bytes', async () => {
    using runtime = await createRuntime({ engine });
    const path = join(folder, 'adder.wasm');
    writeFileSync(path, adder);
    for (const source of [path, pathToFileURL(path), adder, Buffer.from(adder)]) {
      using guest = runtime.instantiate(source);
      expect(guest.exports.add?.(1, 2)).toBe(3);
    }
  });

  it('names a file that is not there, and where it was looked for', async () => {
    using runtime = await createRuntime({ engine });
    for (const use of [
      () => runtime.instantiate('no/such.wasm'),
      () => runtime.run('no/such.wasm'),
      () => runtime.run(pathToFileURL(join(folder, 'no/such.wasm'))),
    ]) {
      const error = expectThrows(
        use,
        GuestNotFoundError,
        'ERR_GUEST_NOT_FOUND',
        /no\/such\.wasm/,
        /Check the path/,
      );
      expect(error.cause).toMatchObject({ code: 'ENOENT' });
    }
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('refuses a folder given as a guest', async () => {
    using runtime = await createRuntime({ engine });
    const error = expectThrows(
      () => runtime.run(folder),
      GuestNotFoundError,
      'ERR_GUEST_NOT_FOUND',
      /Check the path/,
    );
    expect(error.cause).toMatchObject({ code: 'EISDIR' });
  });

  it('refuses a URL that is not a file', async () => {
    using runtime = await createRuntime({ engine });
    expectThrows(
      () => runtime.run(new URL('https://example.org/guest.wasm')),
      GuestNotFoundError,
      'ERR_GUEST_NOT_FOUND',
      /https:\/\/example\.org\/guest\.wasm/,
    );
  });

  it('refuses a guest of another type', async () => {
    using runtime = await createRuntime({ engine });
    for (const source of [undefined, null, 42, {}, new ArrayBuffer(8), [0, 97, 115, 109]]) {
      expectThrows(
        () => runtime.instantiate(source as never),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /path or file URL of a wasm file, or its bytes in a Uint8Array/,
      );
    }
  });

  it('refuses a guest that was cut off anywhere', async () => {
    using runtime = await createRuntime({ engine });
    for (let length = 0; length < library.length; length++) {
      // A module may end after any of its sections; only then do the bytes stay valid WebAssembly.
      const cut = library.subarray(0, length);
      if (WebAssembly.validate(cut)) continue;
      expectThrows(() => runtime.instantiate(cut), InvalidGuestError, 'ERR_INVALID_GUEST');
    }
    expect(runtime.instantiate(library).exports.first?.(0)).toBe(0n);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('(module)')],
    ['a program for Linux', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1')],
    ['a compressed guest', gzipSync(adder)],
    ['zeros', new Uint8Array(1024)],
    ['a component (layer 1 of the header)', Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0)],
    ['another version of WebAssembly', Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0)],
  ])('refuses %s as a guest', async (_name, bytes) => {
    using runtime = await createRuntime({ engine });
    const path = join(folder, 'other.wasm');
    writeFileSync(path, bytes);
    expectThrows(() => runtime.instantiate(bytes), InvalidGuestError, 'ERR_INVALID_GUEST', /guest/);
    expectThrows(() => runtime.run(path), InvalidGuestError, 'ERR_INVALID_GUEST');
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('refuses code that does not validate', async () => {
    using runtime = await createRuntime({ engine });
    // An i32 is expected on the stack and there is none.
    const invalid = Uint8Array.of(
      0,
      97,
      115,
      109,
      1,
      0,
      0,
      0,
      1,
      5,
      1,
      96,
      0,
      1,
      127,
      3,
      2,
      1,
      0,
      10,
      4,
      1,
      2,
      0,
      11,
    );
    const error = expectThrows(() => runtime.instantiate(invalid), InvalidGuestError, 'ERR_INVALID_GUEST');
    expect(error.message).toMatch(/not valid WebAssembly/);
  });

  // WebAssembly, "Embedding": a module is validated before it is instantiated with anything.
  it('tells of a guest that is not valid only that, whatever it imports', async () => {
    using runtime = await createRuntime({ engine });
    runtime.instantiate(wat('(module (table (export "table") 1 funcref))'), { name: 'guest' });
    for (const text of [
      '(import "nobody" "f" (func)) (func (result i32) i64.const 1)',
      '(import "guest" "table" (memory 1)) (func (result i32))',
      '(import "nobody" "f" (func)) (start 1) (func (param i32))',
      // What is written anew for its limits.
      '(table 5 3 funcref)',
      '(import "nobody" "table" (table 5 3 funcref))',
      '(memory 5 3)',
    ]) {
      const bytes = wat(`(module ${text})`);
      expect(WebAssembly.validate(bytes)).toBe(false);
      expectThrows(() => runtime.instantiate(bytes), InvalidGuestError, 'ERR_INVALID_GUEST');
      expectThrows(() => runtime.run(bytes), InvalidGuestError, 'ERR_INVALID_GUEST');
    }
    expectThrows(
      () => runtime.instantiate(wat('(module (import "nobody" "f" (func)))')),
      MissingImportError,
      'ERR_MISSING_IMPORT',
    );
  });

  it('tells which functions there are when another one is called', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(library);
    expectThrows(
      () => guest.exports.third?.(),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /exports no function "third"/,
      /first, second/,
    );
    expectThrows(
      () => guest.exports.memory,
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /"memory" as a memory/,
    );
    expectThrows(
      () => guest.exportedMemory('heap'),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /it exports memory/,
    );
    expectThrows(
      () => guest.exportedGlobal('first'),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /as a function/,
    );
    expectThrows(
      () => guest.exportedTable('t'),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /exports no table "t"/,
    );
    expect(guest.exports.first?.(1)).toBe(0n);
  });

  it('does not take names of Object.prototype for exports', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(library);
    for (const name of ['hasOwnProperty', '__proto__', 'isPrototypeOf']) {
      expectThrows(() => guest.exports[name], UnknownExportError, 'ERR_UNKNOWN_EXPORT');
    }
    expect(Object.keys(guest.exports)).toEqual(['first', 'second']);
  });

  it('refuses to run a guest that is not a command, and names what it exports', async () => {
    using runtime = await createRuntime({ engine });
    expectThrows(
      () => runtime.run(library),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /"_start"/,
      /runtime\.instantiate\(\)/,
      /first, second/,
    );
    expect(runtime.instantiate(library).exports.first?.(1)).toBe(0n);
  });

  it('refuses declared exports that the guest has otherwise', async () => {
    using runtime = await createRuntime({ engine });
    expectThrows(
      () => runtime.instantiate(library, { exports: { first: signature(['i32'], ['i32']) } }),
      ExportMismatchError,
      'ERR_EXPORT_MISMATCH',
      /"first" as \(i32\) -> \(i64\)/,
      /\(i32\) -> \(i32\) was declared; correct the declaration/,
    );
    expectThrows(
      () => runtime.instantiate(library, { exports: { third: signature([], []) } }),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /third/,
    );
    expectThrows(
      () => runtime.instantiate(library, { exports: { version: signature([], ['i32']) } }),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
      /as a global/,
    );
  });

  it('refuses a guest that declares more memory than limits.memoryPages', async () => {
    using runtime = await createRuntime({ engine, limits: { memoryPages: 16 } });
    expectThrows(
      () => runtime.instantiate(wat('(module (memory 17))')),
      MemoryLimitError,
      'ERR_MEMORY_LIMIT',
      /17 pages/,
      /16/,
      /Raise limits\.memoryPages/,
    );
    expect(runtime.instantiate(wat('(module (memory (export "memory") 16))')).memory?.pages).toBe(16);
  });

  it('refuses 65537 pages, which the core specification calls invalid for a 32-bit memory', async () => {
    using runtime = await createRuntime({ engine });
    // (module (memory 65537)): 65537 as LEB128 is 81 80 04.
    const huge = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 5, 1, 0, 0x81, 0x80, 0x04);
    expectThrows(() => runtime.instantiate(huge), InvalidGuestError, 'ERR_INVALID_GUEST', /65536|pages/);
  });

  it('holds a guest that declares the largest memory, or tells that it cannot be had', async () => {
    using runtime = await createRuntime({ engine });
    const source = wat('(module (memory (export "memory") 65536))');
    try {
      const guest = runtime.instantiate(source);
      expect(guest.memory?.byteLength).toBe(2 ** 32);
      guest.memory?.writeU8(0xffffffff, 7);
      expect(guest.memory?.readU8(-1)).toBe(7);
    } catch (error) {
      expectThrows(
        () => {
          throw error;
        },
        MemoryLimitError,
        'ERR_MEMORY_LIMIT',
      );
    }
  });

  it('answers memory.grow past limits.memoryPages with -1, from guest and host', async () => {
    using runtime = await createRuntime({ engine, limits: { memoryPages: 3 } });
    const guest = runtime.instantiate(
      wat(`(module (memory (export "memory") 1)
        (func (export "grow") (param i32) (result i32) local.get 0 memory.grow))`),
    );
    const { grow } = guest.exports;
    expect([grow?.(1), grow?.(2), grow?.(1), grow?.(1)]).toEqual([1, -1, 2, -1]);
    expect(guest.memory?.grow(1)).toBe(-1);
    expect(guest.memory?.grow(0)).toBe(3);
    for (const delta of [-1, 0.5, Number.NaN, 2 ** 32, 65537]) {
      expect(guest.memory?.grow(delta)).toBe(-1);
    }
    expect(guest.memory?.pages).toBe(3);
  });

  it("keeps a guest's own maximum", async () => {
    using runtime = await createRuntime({ engine, limits: { memoryPages: 10 } });
    const guest = runtime.instantiate(wat('(module (memory (export "memory") 1 2))'));
    expect([guest.memory?.grow(1), guest.memory?.grow(1)]).toEqual([1, -1]);
  });

  it('tells of a trap while a guest is instantiated', async () => {
    using runtime = await createRuntime({ engine });
    const start = wat('(module (func $start unreachable) (start $start))');
    expect(expectThrows(() => runtime.instantiate(start), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
      'unreachable',
    );
    // Core specification, instantiation: an active segment that does not fit traps.
    const data = wat('(module (memory 1) (data (i32.const 65535) "ab"))');
    expect(expectThrows(() => runtime.instantiate(data), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
      'memory out of bounds',
    );
    const elements = wat('(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))');
    expect(expectThrows(() => runtime.instantiate(elements), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
      'table out of bounds',
    );
    const initialize = wat('(module (func (export "_initialize") unreachable))');
    expectThrows(() => runtime.instantiate(initialize), GuestTrapError, 'ERR_GUEST_TRAP');
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });
});
