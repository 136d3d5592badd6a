import { builtin } from '../builtin.js';

const poolSize = 4096;
// Above, filling bytes directly takes no longer.
const largestTaken = 256;
// Node's largest single request is 2 GiB - 1.
const largestRequest = 1 << 30;

const pool = new Uint8Array(poolSize);
let used = poolSize;

/** Fills with random bytes: few of them from a pool, since a request takes longer than copying. What was taken from it is gone from it. */
export function fillRandomly(bytes: Uint8Array): void {
  const count = bytes.byteLength;
  if (count > largestTaken) {
    for (let start = 0; start < count; start += largestRequest) {
      builtin('node:crypto').randomFillSync(bytes.subarray(start, start + largestRequest));
    }
    return;
  }
  if (used + count > poolSize) {
    builtin('node:crypto').randomFillSync(pool);
    used = 0;
  }
  const taken = pool.subarray(used, used + count);
  used += count;
  bytes.set(taken);
  taken.fill(0);
}
