import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { resultAt, WasiGuest } from './wasi-guest.js';

// A program of its own: says on stdout what polls and reads of its standard input answer. First nothing is there, then "hello" and the end.
// With the argument "exit" it ends while a worker waits for input.

const subscriptionsAt = 30_000;
const eventsAt = 31_000;

function poll(guest: WasiGuest, milliseconds: number): string {
  const { memory } = guest;
  memory.fill(subscriptionsAt, 96, 0);
  memory.writeU8(subscriptionsAt + 8, 1);
  memory.writeU32(subscriptionsAt + 48 + 16, 1);
  memory.writeU64(subscriptionsAt + 48 + 24, BigInt(milliseconds) * 1_000_000n);
  const errno = guest.call('poll_oneoff', subscriptionsAt, eventsAt, 2, resultAt);
  const events = Array.from({ length: guest.result }, (_, index) => {
    const event = eventsAt + 32 * index;
    return memory.readU8(event + 10) === 0 ? 'clock' : 'input';
  });
  return `poll ${errno} ${events.join(', ')}`;
}

/** Says something, so that it has been said before this thread waits. */
async function line(text: string): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

if (!isMainThread) {
  using guest = new WasiGuest();
  parentPort?.postMessage('reads');
  guest.read(0);
} else if (process.argv[2] === 'exit') {
  const worker = new Worker(new URL(import.meta.url));
  worker.on('message', () => setTimeout(() => process.exit(7), 100));
} else {
  using guest = new WasiGuest();
  await line(poll(guest, 20));
  guest.call('fd_fdstat_set_flags', 0, 4);
  await line(`read ${guest.read(0)}`);
  guest.call('fd_fdstat_set_flags', 0, 0);
  await line(poll(guest, 60_000));
  await line(`read ${guest.read(0, 3)}`);
  await line(poll(guest, 60_000));
  await line(`read ${guest.read(0)}`);
  await line(poll(guest, 60_000));
  await line(`read ${JSON.stringify(guest.read(0))}`);
}
