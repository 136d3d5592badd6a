import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as startRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, Readable, Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { ReadableStream, TransformStream, WritableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { workerUrl } from '../helpers/worker-url.js';
import {
  createRuntime,
  GuestAbortError,
  GuestStreamError,
  GuestTimeoutError,
  type PlacedInput,
  type PlacedOutput,
  type PlacedRuntimeOptions,
} from '../index.js';
import { echoGuest } from './__fixtures__/echo-guest.js';

/** Writes 64 KiB of zeros to stdout, 3200 times: 200 MiB. */
const writer = await wat(`(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 65536)) (i32.store (i32.const 4) (i32.const 65536))
    (loop
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
      (br_if 0 (i32.lt_u (i32.load (i32.const 16)) (i32.const 3200))))))`);

/**
 * Polls stdin beside a clock of 10 ms until there is input: for each turn that had none it writes a dot, then it exits with the number of
 * bytes that there are.
 */
const poller = await wat(`(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) ".")
  (func (export "_start") (local $event i32)
    (i32.store8 (i32.const 520) (i32.const 1))
    (i64.store (i32.const 560) (i64.const 8)) (i32.store (i32.const 576) (i32.const 1))
    (i64.store (i32.const 584) (i64.const 10000000))
    (loop $again
      (drop (call $poll (i32.const 512) (i32.const 1024) (i32.const 2) (i32.const 200)))
      (if (i64.eqz (i64.load (i32.const 1024))) (then (call $exit (i32.load (i32.const 1040)))))
      (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 1))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br $again))))`);

/** Reads once, ten bytes at most, writes them to stdout, and ends. */
const headReader = await wat(`(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 10))
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))`);

const failure = new Error('the failure');

async function* pieces(...list: (string | Uint8Array)[]) {
  yield* list;
}

describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
  async function make(options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
    const wasi = { stdin: 'ignore', stdout: 'capture', stderr: 'capture' } as const;
    const runtime = await createRuntime({ wasi, ...options, placement });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    const echo = async (stdin: PlacedInput) => {
      await runtime.run(echoGuest, { stdin });
      return Buffer.from(runtime.stdout).toString();
    };
    return { runtime, echo };
  }

  describe('stdin', () => {
    it('comes from streams and iterables, with empty pieces left out', async () => {
      const { echo } = await make();
      const bytes = Buffer.from('bytes ');
      expect(await echo(pieces('text ', '', bytes, 'é'))).toBe('text bytes é');
      expect(await echo(Readable.from(['a', 'b']))).toBe('ab');
      expect(await echo(ReadableStream.from(['a', bytes]))).toBe('abytes ');
      expect(await echo(pieces())).toBe('');
      const big = Buffer.alloc(3_000_000, 'x');
      expect((await echo(pieces(big, 'end'))).length).toBe(big.length + 3);
      let rest = Buffer.from('synchronous');
      const source = {
        read(room: Uint8Array) {
          const count = Math.min(4, rest.length, room.length);
          room.set(rest.subarray(0, count));
          rest = rest.subarray(count);
          return count;
        },
      };
      expect(await echo(source)).toBe('synchronous');
    });

    it('is taken when the guest reads, and let go when it ends', async () => {
      const { runtime } = await make();
      const seen: string[] = [];
      async function* endless() {
        try {
          for (let number = 0; ; number++) {
            seen.push(`${number}`);
            yield Buffer.from([number]);
          }
        } finally {
          seen.push('end');
        }
      }
      // Reads nothing.
      const exits = await wat('(module (memory (export "memory") 1) (func (export "_start")))');
      await runtime.run(exits, { stdin: endless() });
      expect(seen).toEqual([]);
    });

    it('that is a stream stays the caller’s, and what was not asked for stays in it', async () => {
      const { runtime, echo } = await make();
      const source = new PassThrough();
      const web = new TransformStream<string, string>();
      const writer = web.writable.getWriter();
      source.write('first line, the rest');
      for (const stdin of [source, web.readable]) {
        const end = new AbortController();
        const waiting = runtime.run(echoGuest, { stdin, signal: end.signal });
        // It has read what there is, and waits for more when it is ended.
        await expect.poll(() => source.readableLength).toBe(0);
        end.abort();
        await expect(waiting).rejects.toThrow(GuestAbortError);
      }
      expect(source.listenerCount('readable')).toBe(0);
      source.end('second');
      void writer.write('web').then(() => writer.close());
      expect(await echo(source)).toBe('second');
      expect(await echo(web.readable)).toBe('web');
      const list = Readable.from(['the first line', 'other', 'pieces']);
      await runtime.run(headReader, { stdin: list });
      expect(Buffer.from(runtime.stdout).toString()).toBe('the first ');
      expect(list.destroyed).toBe(false);
      expect(await echo(list)).toBe('otherpieces');
    });

    it('that fails ends the call with what it failed with', async () => {
      const { runtime, echo } = await make();
      async function* failing() {
        yield 'first';
        throw failure;
      }
      const destroyed = new Readable({ read() {} });
      // Its error was told to others.
      destroyed.on('error', () => {});
      destroyed.destroy(failure);
      const web = new ReadableStream({ start: (controller) => controller.error(failure) });
      for (const stdin of [failing(), Readable.from(failing()), destroyed, web]) {
        const error = await echo(stdin as PlacedInput).catch((thrown) => thrown);
        expect(error).toBeInstanceOf(GuestStreamError);
        expect(error).toMatchObject({ code: 'ERR_GUEST_STREAM', stream: 'stdin' });
        expect(error.cause).toBe(failure);
      }
      const wrong = pieces(1 as never);
      await expect(echo(wrong)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/bytes or a string/) },
      });
      expect(await runtime.run(echoGuest)).toBe(0);
    });

    it('may be waited for with poll_oneoff', async () => {
      const { runtime } = await make();
      const source = new PassThrough();
      const stdout = new PassThrough();
      const run = runtime.run(poller, { stdin: source, stdout });
      expect(String(await once(stdout, 'data'))).toBe('.');
      source.write('12345');
      stdout.resume();
      expect(await run).toBe(5);
    });

    it('of a guest that waits does not keep it from being ended', async () => {
      const { runtime } = await make();
      const silent = () => new Readable({ read() {} });
      await expect(runtime.run(echoGuest, { stdin: silent(), timeoutMs: 100 })).rejects.toThrow(
        GuestTimeoutError,
      );
      const controller = new AbortController();
      const stdin = silent();
      const run = runtime.run(echoGuest, { stdin, signal: controller.signal });
      setImmediate(() => controller.abort(failure));
      await expect(run).rejects.toThrow(GuestAbortError);
      expect(stdin.destroyed).toBe(false);
      expect(await runtime.run(echoGuest)).toBe(0);
    });
  });

  describe('stdout', () => {
    const run = async (stdout: PlacedOutput, stdin: PlacedInput = 'the output') => {
      const { runtime } = await make();
      await runtime.run(echoGuest, { stdin, stdout, stderr: 'ignore' });
    };

    it('goes to streams and functions, which have it when the call ends', async () => {
      const taken: string[] = [];
      await run((piece) => void taken.push(String(Buffer.from(piece))));
      expect(taken).toEqual(['the output']);
      const through = new PassThrough();
      const [text] = await Promise.all([textOf(through), run(through)]);
      expect(text).toBe('the output');
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const [web] = await Promise.all([textOf(readable as never), run(writable)]);
      expect(web).toBe('the output');
      const sunk: string[] = [];
      const sink = { write: (bytes: Uint8Array) => sunk.push(String.fromCharCode(bytes[0] as number)) && 1 };
      await run(sink);
      expect(sunk.join('')).toBe('the output');
      let slow = '';
      const writes = new Writable({
        final(done) {
          slow += '!';
          setImmediate(done);
        },
        write(piece, _encoding, done) {
          slow += piece;
          setImmediate(done);
        },
      });
      await run(writes);
      expect(slow).toBe('the output!');
    });

    it('goes to the response of a server', async () => {
      const { runtime } = await make();
      const server = createServer((request, response) => {
        void runtime.run(echoGuest, { stdin: request, stdout: response }).catch(() => {});
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const request = startRequest({ port, host: '127.0.0.1', method: 'POST', agent: false });
      request.end('body');
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(await textOf(response)).toBe('body');
    });

    it('is answered by a server whose guest reads a part of the request only', async () => {
      const { runtime } = await make();
      const server = createServer(async (request, response) => {
        await runtime.run(headReader, { stdin: request });
        response.end(runtime.stdout);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const request = startRequest({ port, host: '127.0.0.1', method: 'POST', agent: false });
      request.end(`first line\n${'x'.repeat(1 << 20)}`);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(await textOf(response)).toBe('first line');
    });

    it('and stderr may be one stream, which has them in their order', async () => {
      const { runtime } = await make();
      const both = new PassThrough();
      const [text] = await Promise.all([
        textOf(both),
        runtime.run(echoGuest, { args: ['a'], stdin: 'b', stdout: both, stderr: both }),
      ]);
      expect(text).toBe('a bend');
    });

    it('comes as it is written, of an echo by line', async () => {
      const { runtime } = await make();
      const stdin = new PassThrough();
      const stdout = new PassThrough();
      const running = runtime.run(echoGuest, { stdin, stdout });
      for (const line of ['one', 'two', 'three']) {
        stdin.write(line);
        expect(String(await once(stdout, 'data'))).toBe(line);
      }
      stdin.end();
      expect(await running).toBe(0);
    });

    it('waits for a slow reader', async () => {
      const { runtime } = await make();
      const controller = new AbortController();
      let taken = 0;
      let go = () => {};
      const started = new Promise<void>((resolve) => {
        go = resolve;
      });
      const running = runtime.run(writer, {
        signal: controller.signal,
        stdout: (piece) => {
          taken += piece.byteLength;
          go();
          return new Promise(() => {});
        },
      });
      await started;
      expect(taken).toBe(65536);
      controller.abort();
      await expect(running).rejects.toThrow(GuestAbortError);
      expect(taken).toBe(65536);
    });

    it('of 200 MiB does not fill the memory of a slow reader', async () => {
      const { runtime } = await make();
      const before = process.memoryUsage.rss();
      let taken = 0;
      let most = 0;
      const stdout = async (piece: Uint8Array) => {
        taken += piece.byteLength;
        if (taken % 2 ** 20 !== 0) return;
        most = Math.max(most, process.memoryUsage.rss() - before);
        await new Promise((resolve) => setTimeout(resolve, 5));
      };
      await runtime.run(writer, { stdout });
      expect(taken).toBe(200 * 2 ** 20);
      expect(most).toBeLessThan(100 * 2 ** 20);
    });

    it('that fails or is closed ends the call', async () => {
      const { runtime } = await make();
      const closed = new PassThrough();
      const broken = new WritableStream({
        write() {
          throw failure;
        },
      });
      const failing = new Writable({ write: (_piece, _encoding, done) => done(failure) });
      const refusing = () => Promise.reject(failure);
      for (const stdout of [broken, failing, refusing, closed]) {
        if (stdout === closed) closed.once('data', () => closed.destroy());
        const error = await runtime.run(writer, { stdout: stdout as PlacedOutput }).catch((thrown) => thrown);
        expect(error).toBeInstanceOf(GuestStreamError);
        expect(error).toMatchObject({ code: 'ERR_GUEST_STREAM', stream: 'stdout' });
        if (stdout === closed) expect(error.cause).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
        else expect(error.cause).toBe(failure);
      }
      const ended = new PassThrough().end().resume();
      await once(ended, 'end');
      await expect(runtime.run(echoGuest, { args: ['a'], stdout: ended })).rejects.toThrow(GuestStreamError);
      expect(await runtime.run(echoGuest)).toBe(0);
    });

    it('cannot be taken by what waits for another call of the runtime, which would begin afterwards', async () => {
      const { runtime } = await make();
      let later = Promise.resolve(1);
      const stdout = async () => {
        await runtime.run(echoGuest);
      };
      const error = await runtime.run(echoGuest, { stdin: 'x', stdout }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'ERR_GUEST_STREAM', cause: { code: 'ERR_INVALID_ARGUMENT' } });
      // What it has begun may do so later.
      let ended = () => {};
      const over = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const begins = () => {
        later = over.then(() => runtime.run(echoGuest));
      };
      await runtime.run(echoGuest, { stdin: 'x', stdout: begins });
      ended();
      expect(await later).toBe(0);
    });

    it('has what a guest wrote before it failed, and is destroyed with the error', async () => {
      const { runtime } = await make();
      const stdout = new PassThrough();
      const received: string[] = [];
      const reading = (async () => {
        for await (const piece of stdout) received.push(String(piece));
      })();
      const error = await runtime
        .run(echoGuest, { stdin: 'text', stdout, programName: 'trap' })
        .catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'ERR_GUEST_TRAP' });
      await expect(reading).rejects.toBe(error);
      expect(received).toEqual(['text']);
    });

    it('of the host is not ended', async () => {
      const listeners = () => process.stderr.eventNames().map((name) => process.stderr.listenerCount(name));
      const { runtime } = await make();
      const before = listeners();
      await runtime.run(echoGuest, { stdout: process.stderr, stderr: 'ignore' });
      expect(process.stderr.writableEnded).toBe(false);
      expect(listeners()).toEqual(before);
    });
  });

  it('refuses a stream that somebody else reads', async () => {
    const { runtime } = await make();
    const web = new ReadableStream();
    web.getReader();
    const stdout = new WritableStream();
    await expect(runtime.run(echoGuest, { stdin: web })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
    });
    stdout.getWriter();
    const stdin = new Readable({ read() {} });
    await expect(runtime.run(echoGuest, { stdin, stdout })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
    });
  });

  it('refuses streams, objects and functions for all calls of a runtime, and says where they go', async () => {
    const streams: readonly [string, unknown][] = [
      ['stdin', new PassThrough()],
      ['stdin', pieces('x')],
      ['stdin', { read: () => 0 }],
      ['stdout', new PassThrough()],
      ['stdout', () => {}],
      ['stderr', { write: () => 1 }],
    ];
    for (const [name, stream] of streams) {
      const wasi = { [name]: stream } as PlacedRuntimeOptions['wasi'];
      await expect(createRuntime({ placement, wasi })).rejects.toMatchObject({
        code: 'ERR_CANNOT_CROSS',
        message: expect.stringContaining(`run({ ${name} })`),
      });
    }
  });

  it('refuses streams for a call that may be made twice', async () => {
    const { runtime } = await make();
    for (const streams of [{ stdin: pieces('x') }, { stderr: () => {} }]) {
      await expect(runtime.run(echoGuest, { idempotent: true, ...streams })).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
      });
    }
    expect(await runtime.run(echoGuest, { idempotent: true, stdin: 'text' })).toBe(0);
  });
});

it('the stdin of the program does not keep it alive, and goes on in the next call', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-stdin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const guest = join(folder, 'guest.wasm');
  writeFileSync(guest, headReader);
  const file = fileURLToPath(workerUrl('own-stdin-worker') as URL);
  const program = spawn(process.execPath, [file, guest], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  program.stdin.write('one');
  expect((await lines.next()).value).toBe('first: one');
  program.stdin.write('two');
  expect((await lines.next()).value).toBe('second: two');
  expect(await once(program, 'exit')).toEqual([0, null]);
});
