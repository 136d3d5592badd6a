// @ts-check
import { readFileSync } from 'node:fs';
import { createRuntime, signature } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { useOneProcessor } from '../one-processor.mjs';
import { timedAsync } from '../rounds.mjs';
import { openBareProcess, openBareWorker, openCopyingWorker } from './bare-messages.mjs';

/** @typedef {import('../rounds.mjs').Side} Side */
/** @typedef {import('./bare-messages.mjs').Bare} Bare */
/** @typedef {import('../rounds.mjs').Comparison} Comparison */

const megabyte = 1 << 20;
/** What wakes threads in turn is undisturbed for a short time only: rounds are short, and many. */
const messages = { count: 5, rounds: 1000, warmUps: 1500 };
const copies = { count: 1, rounds: 1000, warmUps: 1500 };

/**
 * Guests in a worker and in a process against messages of Node.js that do nothing.
 * @param {string} folder of the guests
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openPlacements(folder) {
  const guest = readFileSync(guestPath(folder, 'placed'));
  const useAllProcessors = useOneProcessor();
  const worker = openBareWorker();
  const copying = openCopyingWorker();
  const process = openBareProcess();
  const ours = [await openGuests('worker', guest), await openGuests('process', guest)];
  const [inWorker, inProcess] = /** @type {[Guests, Guests]} */ (ours);
  const close = async () => {
    await Promise.all([
      worker.close(),
      copying.close(),
      process.close(),
      ...ours.map(({ close }) => close()),
    ]);
    useAllProcessors();
  };
  const comparisons = [
    {
      id: 'placement-worker-call',
      title: 'worker: call of a guest, against postMessage there and back',
      ours: inWorker.call,
      baseline: smallMessages(worker),
      ...messages,
    },
    {
      id: 'placement-process-call',
      title: 'process: call of a guest, against process.send there and back',
      ours: inProcess.call,
      baseline: smallMessages(process),
      ...messages,
    },
    {
      id: 'placement-worker-megabyte',
      title: 'worker: 1 MiB there and back, given away, against a message and three copies there',
      ours: inWorker.movedMegabyte,
      baseline: messageAndCopies(copying),
      ...copies,
    },
    {
      id: 'placement-worker-copied-megabyte',
      title: 'worker: 1 MiB there and back, kept, against a message and three copies there',
      ours: inWorker.megabyte,
      baseline: messageAndCopies(copying),
      ...copies,
    },
    {
      id: 'placement-process-megabyte',
      title: 'process: 1 MiB there and back, against process.send with advanced serialisation',
      ours: inProcess.megabyte,
      baseline: largeMessages(process),
      ...copies,
    },
  ];
  return { comparisons, close };
}

/**
 * How long it takes until a guest has answered.
 * @param {string} folder of the guests
 * @returns {import('../rounds.mjs').Comparison[]}
 */
export function placementStarts(folder) {
  const guest = readFileSync(guestPath(folder, 'placed'));
  return ['inline', 'worker', 'process'].map((placement) => ({
    id: `placement-${placement}-start`,
    title: `${placement}: a runtime made, a guest called once, disposed of`,
    ours: start(/** @type {import('@wasmedge-plugins/core').PlacementName} */ (placement), guest),
    count: 1,
    rounds: 20,
  }));
}

/** @typedef {{ call: Side, megabyte: Side, movedMegabyte: Side, close: () => Promise<void> }} Guests */

/**
 * @param {'worker' | 'process'} placement
 * @param {Uint8Array} guest
 * @returns {Promise<Guests>}
 */
async function openGuests(placement, guest) {
  const runtime = await createRuntime({ placement });
  const instance = await runtime.instantiate(guest, {
    exports: { add: signature(['i32', 'i32'], ['i32']) },
  });
  const { exports } = instance;
  return {
    call: async (count) => {
      let answer = 0;
      return timedAsync(async () => {
        for (let i = 0; i < count; i++) answer += await exports.add(i, 1);
        return answer;
      });
    },
    megabyte: largeCopies(instance, false),
    movedMegabyte: largeCopies(instance, true),
    close: async () => {
      await runtime[Symbol.asyncDispose]();
    },
  };
}

/**
 * @param {import('@wasmedge-plugins/core').PlacementName} placement
 * @param {Uint8Array} guest
 * @returns {Side}
 */
function start(placement, guest) {
  return () =>
    timedAsync(async () => {
      const runtime = await createRuntime({ placement });
      const { exports } = await runtime.instantiate(guest);
      const answer = /** @type {number} */ (await exports.add?.(1, 2));
      if (Symbol.asyncDispose in runtime) await runtime[Symbol.asyncDispose]();
      else runtime[Symbol.dispose]();
      return answer;
    });
}

/**
 * @param {Pick<import('@wasmedge-plugins/core').PlacedInstance, 'readMemory' | 'writeMemory'>} instance
 * @param {boolean} transfer
 * @returns {Side}
 */
function largeCopies(instance, transfer) {
  let bytes = patterned();
  return (count) =>
    timedAsync(async () => {
      let answer = 0;
      for (let i = 0; i < count; i++) {
        bytes[0] = i;
        await instance.writeMemory(0, bytes, { transfer });
        const read = await instance.readMemory(0, megabyte);
        answer += checked(read);
        if (transfer) bytes = read;
      }
      return answer;
    });
}

/**
 * @param {Bare} bare
 * @returns {Side}
 */
function smallMessages(bare) {
  return (count) =>
    timedAsync(async () => {
      let answer = 0;
      for (let i = 0; i < count; i++) answer += /** @type {number} */ (await bare.send(i)) + 1;
      return answer;
    });
}

/**
 * @param {Bare} bare
 * @returns {Side}
 */
function largeMessages(bare) {
  const bytes = patterned();
  return (count) =>
    timedAsync(async () => {
      let answer = 0;
      for (let i = 0; i < count; i++) {
        bytes[0] = i;
        answer += checked(/** @type {Uint8Array} */ (await bare.send(bytes)));
      }
      return answer;
    });
}

/**
 * @param {Bare} bare
 * @returns {Side}
 */
function messageAndCopies(bare) {
  return (count) =>
    timedAsync(async () => {
      let answer = 0;
      for (let i = 0; i < count; i++) answer += /** @type {number} */ (await bare.send(i));
      return answer;
    });
}

function patterned() {
  return new Uint8Array(megabyte).map((_, index) => index * 7);
}

/**
 * Three bytes from all over.
 * @param {Uint8Array} bytes
 */
function checked(bytes) {
  return (bytes[0] ?? 0) + (bytes[megabyte >> 1] ?? 0) + (bytes[megabyte - 1] ?? 0);
}
