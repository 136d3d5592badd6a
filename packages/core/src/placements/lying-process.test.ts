import { describe, expect, it, onTestFinished } from 'vitest';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { CannotCrossError, createRuntime, hostFunction, hostModule, type PlacedRuntime } from '../index.js';
import { calls, lies, lying } from './__fixtures__/lies-worker.js';
import { answerQuestions } from './caller/answer-questions.js';
import { CallerFunctions } from './caller/caller-functions.js';
import { Member } from './caller/member.js';
import { ServedStreams } from './caller/streams/served-streams.js';
import type { TransportEvents } from './caller/transport.js';
import type { WaitingGuest } from './caller/waiting-guest.js';
import { FrameReader } from './protocol/frame.js';
import type { FromMember, Message } from './protocol/messages.js';
import { processDescriptors } from './protocol/process-descriptors.js';

const guest = await wat(`(module
  (import "lying" "tell" (func $tell (param i32)))
  (import "lying" "leave" (func $leave))
  (memory (export "memory") 1)
  (func (export "tell") (param i32) (result i32) (call $tell (local.get 0)) (i32.const 2))
  (func (export "leave") (call $leave))
  (func (export "answer") (result i32) (i32.const 42)))`);

const names = Object.keys(lies);

/** A function that stays here, and what it was called with. */
function keptHere() {
  const seen: unknown[][] = [];
  const instances: object[] = [];
  const module = hostModule('kept', {
    take: hostFunction(
      ['i32', 'i64'],
      [],
      ({ instance }, ...args) => {
        seen.push(args);
        instances.push(instance);
      },
      { on: 'caller' },
    ),
  });
  return { module, seen, instances };
}

/** A member whose call of an export, with a number as its result and a stream as stdout, is under way, and what it is sent by its process. */
function memberThatCalls() {
  let events: TransportEvents | undefined;
  const streams = new ServedStreams();
  const call = streams.open({ stdout: () => new Promise(() => {}) });
  const functions = new CallerFunctions();
  const { module, seen } = keptHere();
  functions.add(module);
  const transport = {
    kind: 'process',
    id: 1,
    callStop: undefined,
    movesBytes: false,
    isBelieved: false,
    send() {},
    sendOnLane() {},
    kill() {},
    hold() {},
  } as const;
  const member = new Member(
    (given) => {
      events = given;
      return transport;
    },
    {
      onNews() {},
      onEnd() {},
      answers: answerQuestions({
        callerFunction: functions,
        input: { answer: () => new Promise(() => {}) },
      }),
      onOutput: (output) => streams.take(output),
    },
  );
  const answer = member.request(
    { kind: 'call', instance: 1, name: 'tell', args: [] },
    { results: ['i32'], capturedBytes: 100 },
  );
  const { onMessage, onLaneMessage, mostBytes, mostLaneBytes } = events as TransportEvents;
  expect(call.numbers.stdout).toBe(1);
  const readers = {
    [processDescriptors.requests]: new FrameReader(
      (message: Message) => onMessage(message as FromMember),
      mostBytes,
    ),
    [processDescriptors.lane]: new FrameReader(onLaneMessage, mostLaneBytes),
  };
  return {
    answer,
    seen,
    push: (descriptor: number, bytes: Uint8Array) => readers[descriptor as keyof typeof readers]?.push(bytes),
  };
}

describe('what a process may not send', () => {
  // Its end is that of a process: there is no file here.
  it.each(names.filter((name) => name !== 'bytes in a file that has none'))('%s is refused', async (name) => {
    const [descriptor, bytes] = lies[name] as (typeof lies)[string];
    const { answer, seen, push } = memberThatCalls();
    expectThrows(() => push(descriptor, bytes), CannotCrossError, 'ERR_CANNOT_CROSS');
    expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined();
    expect(seen).toEqual([]);
    // The first of the two was one like others.
    const settled = await Promise.race([answer, Promise.resolve('waits')]);
    expect(settled).toEqual(name === 'two answers' ? { value: 1, bytes: undefined } : 'waits');
  });
});

describe('a call of a function that stays here', () => {
  it('is made when it is as its signature says', () => {
    const { seen, push } = memberThatCalls();
    push(...calls({}));
    expect(seen).toEqual([[1, 2n]]);
  });

  it('has as many instances remembered as there may be, those that were heard of last', () => {
    const functions = new CallerFunctions();
    const { module, instances } = keptHere();
    functions.add(module);
    const guest = { member: {} } as WaitingGuest;
    const call = (instance: number) => {
      const question = { kind: 'callerFunction', function: 0, args: [1, 2n], hasMemory: false } as const;
      functions.answer({ ...question, instance, gone: [] }, guest);
      return instances.at(-1);
    };
    const first = call(1);
    const second = call(2);
    for (let number = 3; number <= 65_536; number++) call(number);
    expect(call(1)).toBe(first);
    call(65_537);
    expect(call(1)).toBe(first);
    expect(call(2)).not.toBe(second);
  });
});

describe('a process that its guest has taken over', () => {
  async function make(): Promise<PlacedRuntime> {
    const hostModules = [lying, keptHere().module];
    const runtime = await createRuntime({ placement: 'process', hostModules });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    return runtime;
  }

  it('is ended by what it may not send, and the next call gets a fresh one', async () => {
    const runtime = await make();
    for (const name of [
      'nonsense',
      'bytes in a file that has none',
      'a text as a number',
      'a call with a text as a number',
    ]) {
      const instance = await runtime.instantiate(guest);
      const error = (await instance.exports.tell?.(names.indexOf(name)).catch((thrown) => thrown)) as Error;
      const { code, message, cause } = error as Error & {
        readonly code: string;
        readonly cause: { code: string };
      };
      expect([name, code, message, cause.code]).toEqual([
        name,
        'ERR_GUEST_CRASH',
        expect.stringContaining('sent what it must not'),
        'ERR_CANNOT_CROSS',
      ]);
    }
    expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
  });

  it('cannot have a call wait by giving its sockets to others', async () => {
    const runtime = await make();
    const made = await runtime.instantiate(guest);
    await expect(made.exports.leave?.()).rejects.toMatchObject({ code: 'ERR_GUEST_CRASH', exitCode: 3 });
  });
});
