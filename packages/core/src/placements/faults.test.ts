import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { createRuntime, type EngineName, type PlacedInstance, type PlacedRuntime } from '../index.js';
import { faultGuest, faultHost } from './__fixtures__/fault-guest.js';

/** Number of calls for each engine and placement, at least one of each kind; FAULT_CALLS=2500 makes the ten thousand. */
const calls = Number(process.env.FAULT_CALLS ?? 16);
const long = 60_000;

/** A call, and what it may end in: a value or the code of an error. */
interface Fault {
  readonly name: string;
  readonly args?: readonly number[];
  readonly timeoutMs?: number;
  readonly aborts?: boolean;
  /** When somebody ends the process of the guest. */
  readonly kills?: 'before' | 'meanwhile';
  readonly ends: readonly unknown[];
}

const faults: readonly Fault[] = [
  { name: 'add', args: [1, 2], ends: [3] },
  { name: 'trap', ends: ['ERR_GUEST_TRAP'] },
  { name: 'allocate', ends: [64] },
  { name: 'fail', ends: ['E_FAULT'] },
  { name: 'failBelow', args: [3], ends: ['E_FAULT'] },
  { name: 'loop', timeoutMs: 10, ends: ['ERR_GUEST_TIMEOUT'] },
  { name: 'sleep', timeoutMs: 10, ends: ['ERR_GUEST_TIMEOUT'] },
  { name: 'sleepOn', aborts: true, ends: ['ERR_GUEST_ABORT'] },
  { name: 'exit', ends: ['ERR_GUEST_CRASH'] },
  { name: 'exitAndLoop', ends: ['ERR_GUEST_CRASH'] },
  { name: 'crashLater', ends: [undefined, 'ERR_GUEST_CRASH'] },
];
// WasmEdge keeps the stack of a guest in memory that may grow, and waits two seconds for a host function.
const ofV8: readonly Fault[] = [
  { name: 'overflow', ends: ['ERR_GUEST_TRAP'] },
  { name: 'spin', timeoutMs: 10, ends: ['ERR_GUEST_TIMEOUT'] },
];

const ofProcesses: readonly Fault[] = [
  { name: 'sleepOn', kills: 'meanwhile', ends: ['ERR_GUEST_CRASH'] },
  { name: 'add', args: [1, 2], kills: 'before', ends: ['ERR_GUEST_CRASH', 'ERR_INSTANCE_LOST'] },
];

/** Numbers from 0 below 1, the same for each seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The kinds in a random order, again and again: each comes once in a round of all, so a short run leaves none out. */
function* shuffled(kinds: readonly Fault[], random: () => number): Generator<Fault, never> {
  for (;;) {
    const left = [...kinds];
    while (left.length > 0) yield* left.splice(Math.floor(random() * left.length), 1);
  }
}

const sharedFiles = () => readdirSync('/dev/shm').filter((name) => name.startsWith('wasmedge-plugins-'));

/** What a process has of the system, and what is new in shared memory. */
function held(filesBefore: readonly string[]) {
  const own = `/proc/${process.pid}`;
  const children = readFileSync(`${own}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  return {
    descriptors: readdirSync(`${own}/fd`).length,
    children: children.length,
    files: sharedFiles().filter((name) => !filesBefore.includes(name)),
    shared: readFileSync(`${own}/maps`, 'utf8').match(/\/dev\/shm|\/memfd:/g)?.length ?? 0,
  };
}

function killChild(runtime: PlacedRuntime): void {
  const pid = runtime.report().child?.pid;
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

async function makeFault(runtime: PlacedRuntime, instance: PlacedInstance, fault: Fault): Promise<unknown> {
  const controller = new AbortController();
  const bounds = { timeoutMs: fault.timeoutMs ?? long, signal: controller.signal };
  if (fault.kills === 'before') killChild(runtime);
  const call = instance.call(fault.name, fault.args ?? [], bounds);
  if (fault.aborts === true) setImmediate(() => controller.abort());
  if (fault.kills === 'meanwhile') setImmediate(() => killChild(runtime));
  return call.catch((error: { code?: unknown }) => error.code ?? error);
}

async function makeFaults(runtime: PlacedRuntime, kinds: readonly Fault[], seed: number): Promise<void> {
  const order = shuffled(kinds, randomNumbers(seed));
  // A member that was ended late ends the next call, whichever that is.
  const late = ['ERR_INSTANCE_LOST', 'ERR_GUEST_CRASH'];
  let instance: PlacedInstance | undefined;
  let mayBeLost = false;
  for (let round = 0; round < calls; round++) {
    try {
      instance ??= await runtime.instantiate(faultGuest, { timeoutMs: long });
    } catch (error) {
      expect([mayBeLost, late.includes((error as { code: string }).code)]).toEqual([true, true]);
      mayBeLost = false;
      continue;
    }
    const fault = order.next().value;
    const outcome = await makeFault(runtime, instance, fault);
    const isLate: boolean = mayBeLost && late.includes(outcome as string);
    if (!isLate && !fault.ends.includes(outcome))
      expect({ seed, round, fault, outcome }).toBe('as it may end');
    mayBeLost = fault.name === 'crashLater' || (mayBeLost && !isLate);
    const isAlive = await instance.call('add', [round, 1], { timeoutMs: long }).catch((error) => error.code);
    if (isAlive !== round + 1) {
      expect(late).toContain(isAlive);
      instance = undefined;
      mayBeLost = false;
    }
  }
}

const pairs: readonly (readonly [EngineName, 'worker' | 'process'])[] = [
  ['v8', 'worker'],
  ['v8', 'process'],
  ['wasmedge', 'worker'],
  ['wasmedge', 'process'],
];

for (const [engine, placement] of pairs) {
  forEngine(engine, () => {
    const kinds = [
      ...faults,
      ...(engine === 'v8' ? ofV8 : []),
      ...(placement === 'process' ? ofProcesses : []),
    ];
    it(
      `answers each call in placement ${placement}, or fails it, whatever happens, and leaves nothing behind`,
      async () => {
        // Compiled code cannot be called from a host function that compiled code called, which is another test's business.
        const aot = engine === 'wasmedge' && placement === 'process' ? ({ aot: 'off' } as const) : {};
        const options = { engine, placement, hostModules: [faultHost], ...aot };
        // What the process itself keeps from then on is there after the first.
        await (await createRuntime(options))[Symbol.asyncDispose]();
        const isLinux = process.platform === 'linux';
        const files = isLinux ? sharedFiles() : [];
        const before = isLinux ? held(files) : undefined;
        const runtime = await createRuntime(options);
        await makeFaults(runtime, kinds, 1);
        expect(await runtime.run(faultGuest, { timeoutMs: long })).toBe(7);
        await runtime[Symbol.asyncDispose]();
        if (before !== undefined) {
          await expect.poll(() => held(files), { timeout: 30_000 }).toEqual(before);
        }
      },
      120_000 + calls * 1000,
    );
  });
}
