import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlockingTimeoutError } from '../errors/host-function-errors.js';
import { DisposedError } from '../errors/runtime-errors.js';
import type { BlockingCaller } from './blocking-caller.js';
import { createBlockingCaller } from './create-blocking-caller.js';

const task = (exportName: string) => ({
  moduleUrl: new URL('./__fixtures__/tasks.mjs', import.meta.url),
  exportName,
});

/** What `run` throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** The threads of this process, as the report of Node itself lists them. */
function threadIds(): number[] {
  const { workers } = process.report.getReport() as unknown as {
    workers: { header: { threadId: number } }[];
  };
  return workers.map(({ header }) => header.threadId);
}

async function untilThreadsAre(expected: readonly number[]): Promise<void> {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline && threadIds().length !== expected.length) await sleep(10);
  expect(threadIds()).toEqual(expected);
}

let caller: BlockingCaller;
let threadsBefore: number[];
beforeEach(() => {
  threadsBefore = threadIds();
  caller = createBlockingCaller();
});
afterEach(async () => {
  caller[Symbol.dispose]();
  await untilThreadsAre(threadsBefore);
});

describe('an answer', () => {
  it('is a structured clone of what the task returned', () => {
    const request = { text: 'hello', map: new Map([[1, new Date(5)]]), none: undefined, big: 2n ** 70n };
    const answer = caller.call<typeof request>(task('echo'), request);
    expect(answer).toEqual(request);
    expect(answer.map).not.toBe(request.map);
  });

  it('can be one of many from one thread', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => caller.call<number>(task('thread'), undefined)));
    expect(ids.size).toBe(1);
  });

  it('has the bytes of big buffers, in both directions', () => {
    const size = 64 * 1024 * 1024;
    const bytes = new Uint8Array(size).fill(1);
    expect(caller.call(task('sum'), { bytes }, { transfer: [bytes.buffer] })).toBe(size);
    expect(bytes.byteLength).toBe(0); // moved
    const answer = caller.call<{ bytes: Uint8Array; same: Uint8Array }>(task('bytes'), size);
    expect(answer.bytes.byteLength).toBe(size);
    expect(answer.bytes.at(-1)).toBe(7);
    expect([...answer.same]).toEqual([1, 1, 1]);
  });

  it('may be a part of a buffer, or a buffer that cannot be moved', () => {
    expect([...caller.call<Uint8Array>(task('slice'), undefined)]).toEqual([2, 3]);
    expect(caller.call<Uint8Array>(task('wasmBytes'), undefined).byteLength).toBe(65536);
  });
});

describe('an error of the task', () => {
  it('is rebuilt with name, message, code, plain properties, stack and causes', () => {
    const error = thrownBy(() => caller.call(task('fail'), undefined)) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'QuotaError',
      message: 'no more',
      code: 'ERR_QUOTA',
      details: { left: 3, list: [1, 2] },
    });
    expect(error).not.toHaveProperty('callback');
    expect(error.stack).toContain('tasks.mjs');
    const inner = error.cause as Error;
    expect(inner).toBeInstanceOf(TypeError);
    expect(inner.message).toBe('inner');
    expect(inner.cause).toBe('the root');
  });

  it('keeps the errors of an AggregateError', () => {
    const error = thrownBy(() => caller.call(task('failTogether'), undefined)) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors[0]).toBeInstanceOf(RangeError);
    expect(error.errors[1]).toMatchObject({ message: 'two', code: 'ECONNREFUSED' });
  });

  it('may be its own cause', () => {
    expect(thrownBy(() => caller.call(task('failInCircle'), undefined))).toMatchObject({
      message: 'circle',
      cause: { cause: { message: 'circle' } },
    });
  });

  it('of these packages is recognised as such', () => {
    expect(DisposedError.isInstance(thrownBy(() => caller.call(task('failAsOurs'), undefined)))).toBe(true);
  });

  it('may be any value', () => {
    expect(thrownBy(() => caller.call(task('failWithString'), undefined))).toBe('only a string');
  });
});

describe('a time-out', () => {
  it('aborts the task, and the thread serves the next call', () => {
    const thread = caller.call(task('thread'), undefined);
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const error = thrownBy(() => caller.call(task('waitForAbort'), flag, { timeoutMs: 50 }));
    expect(BlockingTimeoutError.isInstance(error)).toBe(true);
    expect((error as Error).message).toMatch(/waitForAbort.* 50 ms/);
    expect(flag[0]).toBe(1);
    expect(caller.call(task('echo'), 'next')).toBe('next');
    expect(caller.call(task('thread'), undefined)).toBe(thread);
  });

  it('tells a task that asks late', () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    expect(() => caller.call(task('lookLate'), flag, { timeoutMs: 20 })).toThrow(BlockingTimeoutError);
    expect(flag[0]).toBe(1);
  });

  it('ends the thread of a task that ignores it, and the next call gets its own answer from a new one', async () => {
    const thread = caller.call(task('thread'), undefined);
    const start = performance.now();
    expect(() => caller.call(task('ignoreAbort'), 1500, { timeoutMs: 50 })).toThrow(BlockingTimeoutError);
    expect(performance.now() - start).toBeLessThan(1400);
    expect(caller.call(task('echo'), 'next')).toBe('next');
    expect(caller.call(task('thread'), undefined)).not.toBe(thread);
    await untilThreadsAre([...threadsBefore, caller.call<number>(task('thread'), undefined)]);
  });

  it('stops a task that never gives way', async () => {
    expect(() => caller.call(task('spin'), undefined, { timeoutMs: 20 })).toThrow(BlockingTimeoutError);
    await untilThreadsAre(threadsBefore);
  });
});

describe('the thread', () => {
  it('is replaced when a task calls process.exit', () => {
    expect(() => caller.call(task('exit'), 3)).toThrow(
      expect.objectContaining({ code: 'ERR_BLOCKING_CALL', message: expect.stringContaining('exit code 3') }),
    );
    expect(caller.call(task('echo'), 'next')).toBe('next');
  });

  it('is replaced when a task throws outside of its promise', () => {
    expect(() => caller.call(task('throwOutside'), undefined)).toThrow(
      expect.objectContaining({
        code: 'ERR_BLOCKING_CALL',
        cause: expect.objectContaining({ name: 'RangeError', message: 'from a timer' }),
      }),
    );
    expect(caller.call(task('echo'), 'next')).toBe('next');
  });

  it('is replaced when it ended between two calls', async () => {
    caller.call(task('rejectAfterwards'), undefined);
    await sleep(100);
    expect(caller.call(task('echo'), 'next')).toBe('next');
    caller.call(task('rejectAfterwards'), undefined);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100); // now without a turn of the event loop
    expect(caller.call(task('echo'), 'next')).toBe('next');
  });

  it('does not change the environment of the host, nor take its flags', () => {
    expect(caller.call(task('changeEnvironment'), undefined)).toEqual([]);
    expect(process.env.CHANGED_BY_A_TASK).toBeUndefined();
  });

  it('ends at disposal, after which a call is an error', async () => {
    const thread = caller.call<number>(task('thread'), undefined);
    expect(threadIds()).toEqual([...threadsBefore, thread]);
    caller[Symbol.dispose]();
    caller[Symbol.dispose]();
    expect(() => caller.call(task('echo'), 1)).toThrow(DisposedError);
    await untilThreadsAre(threadsBefore);
  });

  it('ends by itself, and is not terminated in the middle of what it does, unless it never gives way', async () => {
    const flags = [0, 1].map(() => new Int32Array(new SharedArrayBuffer(4)));
    const [idle, busy] = flags.map((flag) => {
      const each = createBlockingCaller();
      each.call(task('tellExit'), flag);
      return each;
    });
    const waiting = busy?.callAsync(task('spin'), undefined);
    idle?.[Symbol.dispose]();
    busy?.[Symbol.dispose]();
    await expect(waiting).rejects.toThrow('ended');
    await untilThreadsAre(threadsBefore);
    expect(flags.map((flag) => Atomics.load(flag, 0))).toEqual([1, 0]);
  });

  it('ends when its caller is forgotten', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    (() => createBlockingCaller().call(task('echo'), 1))();
    expect(threadIds()).toHaveLength(threadsBefore.length + 1);
    for (let round = 0; round < 50 && threadIds().length > threadsBefore.length; round++) {
      collect();
      await sleep(20);
    }
    expect(threadIds()).toEqual(threadsBefore);
  });
});

describe('a call that does not block', () => {
  it('leaves this thread free, and its answer is the same', async () => {
    const request = { list: [1, 2], big: 2n ** 70n };
    const answer = caller.callAsync(task('echo'), request);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await answer).toEqual(request);
    await caller.callAsync(task('ignoreAbort'), 50);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('has its turn before a blocking call that came later, and both get their own answers', async () => {
    const first = caller.callAsync<number>(task('ignoreAbort'), 100);
    const second = caller.callAsync<string>(task('echo'), 'second');
    const start = performance.now();
    expect(caller.call(task('echo'), 'third')).toBe('third');
    expect(performance.now() - start).toBeGreaterThan(80);
    await first;
    expect(await second).toBe('second');
    const answers = Array.from({ length: 100 }, (_, index) => caller.callAsync(task('echo'), index));
    expect(caller.call(task('echo'), 'now')).toBe('now');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('rejects with what the task threw, and with what cannot be cloned', async () => {
    await expect(caller.callAsync(task('fail'), undefined)).rejects.toMatchObject({ code: 'ERR_QUOTA' });
    await expect(caller.callAsync(task('echo'), () => {})).rejects.toMatchObject({
      code: 'ERR_BLOCKING_CALL',
    });
    expect(await caller.callAsync(task('echo'), 'next')).toBe('next');
  });

  it('rejects when the thread ends, and the next one gets a new thread', async () => {
    const waiting = caller.callAsync(task('ignoreAbort'), 10);
    const ending = caller.callAsync(task('exit'), 3);
    await waiting;
    await expect(ending).rejects.toMatchObject({ code: 'ERR_BLOCKING_CALL' });
    await expect(ending).rejects.toThrow('exit code 3');
    const lost = caller.callAsync(task('exit'), 3);
    const behind = caller.callAsync(task('echo'), 'behind');
    expect(() => caller.call(task('echo'), 1)).toThrow('exit code 3');
    await expect(lost).rejects.toThrow('exit code 3');
    await expect(behind).rejects.toThrow('exit code 3');
    expect(await caller.callAsync(task('echo'), 'next')).toBe('next');
  });

  it('ends at disposal', async () => {
    const waiting = caller.callAsync(task('waitForAbort'), new Int32Array(new SharedArrayBuffer(4)));
    caller[Symbol.dispose]();
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_BLOCKING_CALL' });
    await expect(caller.callAsync(task('echo'), 1)).rejects.toThrow(DisposedError);
  });

  it('has a time-out, whether the task heeds it or not', async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const heeded = caller.callAsync(task('waitForAbort'), flag, { timeoutMs: 50 });
    await expect(heeded).rejects.toThrow(BlockingTimeoutError);
    expect(flag[0]).toBe(1);
    const thread = caller.call(task('thread'), undefined);
    const ignored = caller.callAsync(task('spin'), undefined, { timeoutMs: 20 });
    await expect(ignored).rejects.toThrow(BlockingTimeoutError);
    expect(caller.call(task('thread'), undefined)).not.toBe(thread);
  });
});

describe('a call that cannot be made', () => {
  it.each([
    [
      'the module is missing',
      { moduleUrl: 'file:///no/such/module.mjs', exportName: 'echo' },
      'could not be loaded',
    ],
    ['the export is missing', task('nothing'), 'has no function "nothing"'],
    ['the export is not a function', task('notAFunction'), 'has no function "notAFunction"'],
    ['the answer cannot be cloned', task('unclonable'), 'result of the task cannot be cloned'],
  ])('says that %s', (_, wrong, message) => {
    expect(() => caller.call(wrong, undefined)).toThrow(
      expect.objectContaining({ code: 'ERR_BLOCKING_CALL', message: expect.stringContaining(message) }),
    );
    expect(caller.call(task('echo'), 'next')).toBe('next');
  });

  it('keeps what Node says about the missing module', () => {
    const error = thrownBy(() =>
      caller.call({ moduleUrl: 'file:///no/such.mjs', exportName: 'echo' }, 1),
    ) as Error;
    expect(error.cause).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  });

  it('says that the request cannot be cloned', () => {
    expect(() => caller.call(task('echo'), () => {})).toThrow(
      expect.objectContaining({
        code: 'ERR_BLOCKING_CALL',
        message: expect.stringContaining('request cannot be cloned'),
      }),
    );
    expect(caller.call(task('echo'), 'next')).toBe('next');
  });

  it.each([-1, Number.NaN, '5' as unknown as number])('refuses the time-out %s', (timeoutMs) => {
    expect(() => caller.call(task('echo'), 1, { timeoutMs })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });

  it('refuses a module that is not named by a URL', () => {
    expect(() => caller.call({ moduleUrl: './tasks.mjs', exportName: 'echo' }, 1)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});
