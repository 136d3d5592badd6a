import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Readiness } from '../../native/libc.js';
import { clock } from '../clock.js';
import { maxDescriptors } from '../descriptor-table.js';
import { requireRange } from '../guest-data.js';
import { stopMilliseconds } from '../sleep.js';
import { Errno } from '../wasi-errno.js';
import { errnoOf, WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import type { WasiState } from '../wasi-state.js';
import { ClockId, EventType, RecordSize } from '../wasi-types.js';
import { type AwaitedInput, waitForAny } from './poll-wait.js';

const absoluteTime = 1;
// `fd_readwrite_hangup` of `eventrwflags`.
const hangUp = 1;
// One for reading and one for writing each descriptor a guest can have, and as many clocks.
const maxSubscriptions = 4 * maxDescriptors;

/** One subscription. It is read at once, since the guest may have it overwritten by the events. */
interface Subscription {
  readonly userdata: bigint;
  readonly type: number;
  readonly errno: number;
  /** Milliseconds until it happens. */
  readonly wait: number;
  readonly bytes: number;
  /** What tells when it happens instead. */
  readonly readiness?: Readiness | undefined;
  /** The same, for input that the system does not know. */
  readonly input?: AwaitedInput | undefined;
}

/** What a poll waits for besides clocks. */
interface Awaited {
  readonly streams: Map<string, Readiness>;
  input: AwaitedInput | undefined;
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
  if (most === 0 || most > maxSubscriptions) throw new WasiError('inval');
  requireRange(memory, subscriptions, most * RecordSize.subscription);
  requireRange(memory, events, most * RecordSize.event);
  requireRange(memory, result, 4);

  const awaited: Awaited = { streams: new Map(), input: undefined };
  const all: Subscription[] = [];
  for (let index = 0; index < most; index += 1) {
    all.push(
      readSubscription(state, memory, (subscriptions >>> 0) + index * RecordSize.subscription, awaited),
    );
  }
  const waited = waitForFirst(all, awaited, state.remainingMs());
  const happened = all.filter(({ readiness, input, wait }) =>
    input === undefined ? (readiness?.ready ?? wait <= waited) : input.bytes !== undefined,
  );
  if (happened.length === 0) throw new WasiError('timedout');
  happened.forEach((each, index) => {
    writeEvent(memory, (events >>> 0) + index * RecordSize.event, each);
  });
  memory.writeU32(result, happened.length);
}

/** Returns how many milliseconds have passed. */
function waitForFirst(
  all: readonly Subscription[],
  { streams, input }: Awaited,
  remainingMs: number,
): number {
  const first = Math.min(...all.map(({ wait }) => wait));
  const most = Math.min(first, remainingMs + stopMilliseconds);
  const start = performance.now();
  const list = [...streams.values()];
  waitForAny(input, list, most);
  return input?.bytes !== undefined || list.some(({ ready }) => ready)
    ? performance.now() - start
    : Math.max(performance.now() - start, most);
}

function readSubscription(
  state: WasiState,
  memory: GuestMemory,
  subscription: number,
  awaited: Awaited,
): Subscription {
  const userdata = memory.readU64(subscription);
  const type = memory.readU8(subscription + 8);
  const base = { userdata, type, errno: Errno.success, wait: 0, bytes: 1 };
  try {
    if (type === EventType.clock) return { ...base, wait: clockWait(memory, subscription), bytes: 0 };
    if (type !== EventType.fdRead && type !== EventType.fdWrite) throw new WasiError('inval');
    const reads = type === EventType.fdRead;
    const descriptor = state.descriptors.get(
      memory.readU32(subscription + 16),
      Right.pollFdReadwrite | (reads ? Right.fdRead : Right.fdWrite),
    );
    const ask = reads ? descriptor.awaitInput : undefined;
    if (ask !== undefined) {
      // There is one such input: no call of a guest makes a second descriptor of it.
      awaited.input ??= { ask, bytes: undefined };
      return { ...base, wait: Number.POSITIVE_INFINITY, input: awaited.input };
    }
    const fd = descriptor.hostDescriptor;
    if (fd === undefined) return { ...base, bytes: reads ? descriptor.readable : 1 };
    // The system is asked once for each, however often the guest asks: it takes no longer lists than a process may have open.
    const key = `${fd} ${reads}`;
    const readiness = awaited.streams.get(key) ?? { fd, reads, ready: false, hungUp: false };
    awaited.streams.set(key, readiness);
    return { ...base, wait: Number.POSITIVE_INFINITY, readiness };
  } catch (error) {
    return { ...base, errno: errnoOf(error), bytes: 0 };
  }
}

function clockWait(memory: GuestMemory, subscription: number): number {
  const id = memory.readU32(subscription + 16);
  if (id !== ClockId.realtime && id !== ClockId.monotonic) throw new WasiError('notsup');
  const timeout = memory.readU64(subscription + 24);
  const isAbsolute = (memory.readU16(subscription + 40) & absoluteTime) !== 0;
  const wait = isAbsolute ? timeout - clock(id).look().nanoseconds : timeout;
  return Math.max(0, Number(wait) / 1e6);
}

function writeEvent(
  memory: GuestMemory,
  event: number,
  { userdata, type, errno, bytes, readiness, input }: Subscription,
): void {
  const hungUp = readiness?.hungUp === true;
  memory.fill(event, RecordSize.event, 0);
  memory.writeU64(event, userdata);
  memory.writeU16(event + 8, errno);
  memory.writeU8(event + 10, type);
  memory.writeU64(event + 16, hungUp ? 0n : BigInt(input?.bytes ?? bytes));
  memory.writeU16(event + 24, hungUp ? hangUp : 0);
}
