import { expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  GuestExitError,
  GuestTrapError,
  hostFunction,
  hostModule,
  InvalidGuestError,
  type Runtime,
  type TrapKind,
} from '../index.js';
import { referenceGuest, referenceTraps } from './__fixtures__/reference-traps.js';
import { trappingGuest, traps } from './__fixtures__/traps.js';

const command = (body: string) =>
  wat(`(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (memory (export "memory") 1)
    (func (export "_start") ${body}) (func (export "exit") (param i32) (call $exit (local.get 0)) unreachable))`);

forEachEngine((engine) => {
  it.each(traps)('says "%s" for %s', async (kind, name) => {
    using runtime = await createRuntime({ engine });
    const { exports } = runtime.instantiate(trappingGuest);
    const error = expectThrows(
      () => exports[name]?.(),
      GuestTrapError,
      'ERR_GUEST_TRAP',
      new RegExp(`trapped: ${kind}`),
    );
    expect(error.trap).toBe(kind);
    // A trap ends the call, not the instance.
    expect(exports.nothing?.()).toBe(undefined);
  });

  /** The trap of what `start` makes of a runtime, or undefined where the engine does not know what the guest uses. */
  async function trapOf(start: (runtime: Runtime) => () => unknown): Promise<TrapKind | undefined> {
    using runtime = await createRuntime({ engine });
    let call: () => unknown;
    try {
      call = start(runtime);
    } catch (error) {
      if (InvalidGuestError.isInstance(error)) return undefined;
      throw error;
    }
    return expectThrows(call, GuestTrapError, 'ERR_GUEST_TRAP', /trapped: /).trap;
  }

  /** Whether the engine knows WebAssembly 3.0: Node from 22, libwasmedge from 0.16. */
  async function knowsReferences(): Promise<boolean> {
    using runtime = await createRuntime({ engine });
    const [, minor] = (runtime.report().library?.version ?? process.versions.node).split('.');
    return engine === 'v8' ? Number.parseInt(process.versions.node, 10) >= 22 : Number(minor) >= 16;
  }

  it.each(referenceTraps)('says "%s" for %s, where WebAssembly 3.0 is known', async (kind, _name, code) => {
    const trap = await trapOf((runtime) => {
      const { exports } = runtime.instantiate(referenceGuest(code));
      return () => exports.run?.();
    });
    expect(trap).toBe((await knowsReferences()) ? kind : undefined);
  });

  it.each([
    ['unaligned atomic', '(drop (i32.atomic.load (i32.const 1)))', '(memory 1 1 shared)'],
    ['unaligned atomic', '(drop (i64.atomic.rmw.add (i32.const 4) (i64.const 1)))', '(memory 1)'],
    ['memory out of bounds', '(drop (i32.atomic.load (i32.const 65536)))', '(memory 1 1 shared)'],
    [
      'expected shared memory',
      '(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0)))',
      '(memory 1)',
    ],
  ] as const)('says "%s" for %s, where threads are known', async (kind, body, memory) => {
    const trap = await trapOf((runtime) => {
      const { exports } = runtime.instantiate(wat(`(module ${memory} (func (export "run") ${body}))`));
      return () => exports.run?.();
    });
    expect(trap).toBe(engine === 'v8' || trap !== undefined ? kind : undefined);
  });

  it.each([
    ['memory out of bounds', '(memory 1) (data (i32.const 65536) "ab")'],
    ['table out of bounds', '(table 1 funcref) (elem (i32.const 1) $f) (func $f)'],
    ['unreachable', '(func $f unreachable) (start $f)'],
  ] as const)('says "%s" of instantiating %s', async (kind, content) => {
    const bytes = wat(`(module ${content})`);
    expect(await trapOf((runtime) => () => runtime.instantiate(bytes))).toBe(kind);
  });

  it('tells of a trap in runtime.run, and runs the next guest', async () => {
    using runtime = await createRuntime({ engine });
    const error = expectThrows(() => runtime.run(command('unreachable')), GuestTrapError, 'ERR_GUEST_TRAP');
    expect(error.trap).toBe('unreachable');
    expect(runtime.run(command('nop'))).toBe(0);
  });

  it('names the file of the guest that trapped', async () => {
    using runtime = await createRuntime({ engine });
    expect(
      expectThrows(() => runtime.run(command('unreachable')), GuestTrapError, 'ERR_GUEST_TRAP').message,
    ).toMatch(/guest/);
  });

  it.each([0, 7, 255, 256, 2 ** 31, 2 ** 32 - 1])(
    'returns exit code %d of a command, as it was passed',
    async (code) => {
      using runtime = await createRuntime({ engine });
      // WASI preview 1: exitcode is a u32.
      expect(runtime.run(command(`(call $exit (i32.const ${code}))`))).toBe(code);
      expect(runtime.run(command('nop'))).toBe(0);
    },
  );

  it.each([0, 7, 255, 2 ** 32 - 1])(
    'tells exit code %d of a library as an error that is not a trap',
    async (code) => {
      using runtime = await createRuntime({ engine });
      const { exports } = runtime.instantiate(command('nop'));
      const error = expectThrows(
        () => exports.exit?.(code),
        GuestExitError,
        'ERR_GUEST_EXIT',
        /runtime\.run\(\)/,
      );
      expect(error.exitCode).toBe(code);
      expect(GuestTrapError.isInstance(error)).toBe(false);
      expect(expectThrows(() => exports.exit?.(3), GuestExitError, 'ERR_GUEST_EXIT').exitCode).toBe(3);
    },
  );

  it('ends the outer guest too when an inner call exits', async () => {
    const source =
      wat(`(module (import "env" "again" (func $again)) (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1)
      (func (export "_start") call $again unreachable) (func (export "leave") (call $exit (i32.const 9))))`);
    const again = hostFunction([], [], () => {
      using inner = runtime.instantiate(source);
      inner.exports.leave?.();
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { again })] });
    expect(runtime.run(source)).toBe(9);
  });
});

forEngine('v8', () => {
  it('ends endless recursion with a trap', async () => {
    using runtime = await createRuntime({ engine: 'v8' });
    const { exports } = runtime.instantiate(
      wat(
        '(module (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1))) (func (export "one") (result i32) i32.const 1))',
      ),
    );
    expect(expectThrows(() => exports.deep?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
      'stack exhausted',
    );
    expect(exports.one?.()).toBe(1);
  });

  // No test on WasmEdge, which would allocate it: a single array is not bounded there, as docs/security.md says.
  it('says "array too large" of an array of four billion elements, where arrays are known', async () => {
    using runtime = await createRuntime({ engine: 'v8' });
    const huge = referenceGuest([0x41, 0x7f, 0xfb, 7, 2, 0x1a]);
    if (Number.parseInt(process.versions.node, 10) < 22) {
      expectThrows(() => runtime.instantiate(huge), InvalidGuestError, 'ERR_INVALID_GUEST');
      return;
    }
    const { exports } = runtime.instantiate(huge);
    expect(expectThrows(() => exports.run?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
      'array too large',
    );
  });

  it('tells of an exception that no guest caught', async () => {
    using runtime = await createRuntime({ engine: 'v8' });
    const { exports } = runtime.instantiate(wat('(module (tag $t) (func (export "fail") throw $t))'));
    expect(expectThrows(() => exports.fail?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
      'uncaught exception',
    );
  });

  it('tells less than the specification in the two cases that the documentation of TrapKind names', async () => {
    using runtime = await createRuntime({ engine: 'v8' });
    const { exports } = runtime.instantiate(trappingGuest);
    const kindOf = (name: string) =>
      expectThrows(() => exports[name]?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap;
    expect([kindOf('uninitialized'), kindOf('too large')]).toEqual([
      'indirect call type mismatch',
      'invalid conversion to integer',
    ]);
  });
});

forEngine('wasmedge', () => {
  it('tells a null element and a float that is too large as the specification names them', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    const { exports } = runtime.instantiate(trappingGuest);
    const kindOf = (name: string) =>
      expectThrows(() => exports[name]?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap;
    expect([kindOf('uninitialized'), kindOf('too large')]).toEqual([
      'uninitialized element',
      'integer overflow',
    ]);
  });

  it('refuses what this WasmEdge cannot run, or runs it', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    const throwing = wat('(module (tag $t) (func (export "fail") throw $t))');
    try {
      const { exports } = runtime.instantiate(throwing);
      expect(expectThrows(() => exports.fail?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe(
        'uncaught exception',
      );
    } catch (error) {
      expect(InvalidGuestError.isInstance(error)).toBe(true);
      expect((error as Error).message).toMatch(/not valid WebAssembly for WasmEdge 0\.1\d/);
    }
  });
});
