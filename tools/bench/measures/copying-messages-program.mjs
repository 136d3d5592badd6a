// @ts-check
// Copies a mebibyte three times for each message, between arrays of its own, and answers with three bytes of the last copy.
import { parentPort } from 'node:worker_threads';

const megabyte = 1 << 20;
const arrays = Array.from({ length: 4 }, () => new Uint8Array(megabyte).map((_, index) => index * 7));
const [first, second, third, fourth] = /** @type {[Uint8Array, Uint8Array, Uint8Array, Uint8Array]} */ (
  arrays
);

parentPort?.on('message', (message) => {
  first[0] = message;
  second.set(first);
  third.set(second);
  fourth.set(third);
  parentPort?.postMessage((fourth[0] ?? 0) + (fourth[megabyte >> 1] ?? 0) + (fourth[megabyte - 1] ?? 0));
});
