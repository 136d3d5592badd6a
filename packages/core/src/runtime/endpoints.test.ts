import { expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectThrows, thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  GuestTimeoutError,
  type InputSource,
  type Instance,
  type OutputSink,
} from '../index.js';
import { sinkTaking, sourceOf } from '../wasi/__fixtures__/text-endpoints.js';

// Reads stdin, writes what was read to stdout, twice; catches nothing.
const echo = wat(`(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 100))
    (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 4) (i32.load (i32.const 8)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))`);

forEachEngine((engine) => {
  it('reads from an object and writes to one', async () => {
    using runtime = await createRuntime({ engine });
    const sink = sinkTaking();
    expect(runtime.run(echo, { stdin: sourceOf('hello '), stdout: sink })).toBe(0);
    expect(sink.text()).toBe('hello hello ');
  });

  it('ends the call with what an object throws, also one with a code of the system', async () => {
    using runtime = await createRuntime({ engine });
    const failure = Object.assign(new Error('mine'), { code: 'EAGAIN' });
    const fail = () => {
      throw failure;
    };
    const sink = sinkTaking();
    const stdout: OutputSink = {
      write: (bytes) => (sink.pieces.length === 0 ? sink.write(bytes) : fail()),
    };
    expect(thrownBy(() => runtime.run(echo, { stdin: { read: fail }, stdout }))).toBe(failure);
    expect(thrownBy(() => runtime.run(echo, { stdin: sourceOf('x'), stdout }))).toBe(failure);
    expect(sink.text()).toBe('x');
  });

  it('lets an object call the guest whose input it gives', async () => {
    const library: { instance?: Instance } = {};
    const stdin: InputSource = {
      read(bytes) {
        library.instance?.memory?.grow(1);
        bytes[0] = 65;
        return 1;
      },
    };
    using runtime = await createRuntime({ engine, wasi: { stdin, stdout: 'capture' } });
    library.instance = runtime.instantiate(echo);
    (library.instance.exports._start as () => void)();
    expect(Buffer.from(runtime.stdout).toString()).toBe('AA');
  });
});

forEngine('wasmedge', () => {
  it('waits no longer for an object than the call may take', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge', limits: { timeoutMs: 50 } });
    const asked: number[] = [];
    const available = (waitMs: number) => {
      asked.push(waitMs);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
      return undefined;
    };
    const read = () => {
      throw new Error('It was asked to wait.');
    };
    expectThrows(
      () => runtime.run(echo, { stdin: { read, available }, stdout: 'ignore' }),
      GuestTimeoutError,
      'ERR_GUEST_TIMEOUT',
    );
    expect(asked[0]).toBeLessThan(1000);
  });
});
