import type { Caller } from '../../host-module/host-module.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Readiness } from '../../native/libc.js';
import { clock } from '../clock.js';
import { mostDescriptors } from '../descriptor-table.js';
import { waitUntilReady } from '../descriptors/host-readiness.js';
import { requireRange } from '../guest-data.js';
import { sleep, stopMilliseconds } from '../sleep.js';
import { Errno } from '../wasi-errno.js';
import { errnoOf, WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import type { WasiState } from '../wasi-state.js';
import { ClockId, EventType, RecordSize } from '../wasi-types.js';

const absoluteTime = 1;
// `fd_readwrite_hangup` of `eventrwflags`.
const hangUp = 1;
// One for reading and one for writing each descriptor a guest can have, and as many clocks.
const mostSubscriptions = 4 * mostDescriptors;

interface Outcome {
  readonly errno: number;
  /** Milliseconds until it happens. */
  readonly wait: number;
  readonly bytes: number;
  /** What tells when it happens instead. */
  readonly readiness?: Readiness;
}

/** Waiting for clocks and descriptors. */
export const pollFunctions = {
  poll_oneoff: wasiFunction(['i32', 'i32', 'i32', 'i32'], poll),
  // WasmEdge's second name; the difference is which call of the system it is made with.
  epoll_oneoff: wasiFunction(['i32', 'i32', 'i32', 'i32'], poll),
};

/** The guest sleeps until its first clock or descriptor. */
function poll(
  state: WasiState,
  { memory }: Caller,
  subscriptions: number,
  events: number,
  count: number,
  result: number,
): void {
  const most = count >>> 0;
  if (most === 0 || most > mostSubscriptions) throw new WasiError('inval');
  requireRange(memory, subscriptions, most * RecordSize.subscription);
  requireRange(memory, events, most * RecordSize.event);
  requireRange(memory, result, 4);

  const outcomes: Outcome[] = [];
  for (let index = 0; index < most; index += 1) {
    outcomes.push(outcomeOf(state, memory, (subscriptions >>> 0) + index * RecordSize.subscription));
  }
  const waited = waitForFirst(outcomes, state.remainingMs());

  let written = 0;
  for (const [index, outcome] of outcomes.entries()) {
    if (!(outcome.readiness?.ready ?? outcome.wait <= waited)) continue;
    const subscription = (subscriptions >>> 0) + index * RecordSize.subscription;
    writeEvent(memory, (events >>> 0) + written * RecordSize.event, subscription, outcome);
    written += 1;
  }
  if (written === 0) throw new WasiError('intr');
  memory.writeU32(result, written);
}

/** Returns how many milliseconds have passed. */
function waitForFirst(outcomes: readonly Outcome[], remainingMs: number): number {
  const first = Math.min(...outcomes.map(({ wait }) => wait));
  const most = Math.min(first, remainingMs + stopMilliseconds);
  const streams = outcomes.flatMap(({ readiness }) => readiness ?? []);
  const start = performance.now();
  if (streams.length > 0) waitUntilReady(streams, most);
  else if (most > 0) sleep(most);
  const hasWaited = streams.length === 0 || !streams.some(({ ready }) => ready);
  return Math.max(performance.now() - start, hasWaited ? most : 0);
}

function outcomeOf(state: WasiState, memory: GuestMemory, subscription: number): Outcome {
  try {
    const type = memory.readU8(subscription + 8);
    if (type === EventType.clock) {
      return { errno: Errno.success, wait: clockWait(memory, subscription), bytes: 0 };
    }
    if (type !== EventType.fdRead && type !== EventType.fdWrite) throw new WasiError('inval');
    const right = type === EventType.fdRead ? Right.fdRead : Right.fdWrite;
    const descriptor = state.descriptors.get(
      memory.readU32(subscription + 16),
      Right.pollFdReadwrite | right,
    );
    const reads = type === EventType.fdRead;
    const fd = descriptor.hostDescriptor;
    if (fd === undefined) return { errno: Errno.success, wait: 0, bytes: reads ? descriptor.readable : 1 };
    const readiness = { fd, reads, ready: false, hungUp: false };
    return { errno: Errno.success, wait: Number.POSITIVE_INFINITY, bytes: 1, readiness };
  } catch (error) {
    return { errno: errnoOf(error), wait: 0, bytes: 0 };
  }
}

function clockWait(memory: GuestMemory, subscription: number): number {
  const id = memory.readU32(subscription + 16);
  if (id !== ClockId.realtime && id !== ClockId.monotonic) throw new WasiError('notsup');
  const timeout = memory.readU64(subscription + 24);
  const isAbsolute = (memory.readU16(subscription + 40) & absoluteTime) !== 0;
  const wait = isAbsolute ? timeout - clock(id).now() : timeout;
  return Math.max(0, Number(wait) / 1e6);
}

function writeEvent(memory: GuestMemory, event: number, subscription: number, outcome: Outcome): void {
  const userdata = memory.readU64(subscription);
  const type = memory.readU8(subscription + 8);
  memory.fill(event, RecordSize.event, 0);
  memory.writeU64(event, userdata);
  memory.writeU16(event + 8, outcome.errno);
  memory.writeU8(event + 10, type);
  const hungUp = outcome.readiness?.hungUp === true;
  memory.writeU64(event + 16, hungUp ? 0n : BigInt(outcome.bytes));
  memory.writeU16(event + 24, hungUp ? hangUp : 0);
}
