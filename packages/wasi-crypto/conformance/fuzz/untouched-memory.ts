import { Buffer } from 'node:buffer';
import type { GuestMemory } from '@wasmedge-plugins/core';
import type { PlannedCall } from './planned-call.js';

/** Makes a call; throws when it has written to memory outside of its outputs. */
export function callUntouched(memory: GuestMemory, planned: PlannedCall, call: () => number): number {
  const before = Buffer.from(memory.read(0, memory.byteLength).buffer);
  const errno = call();
  memory.borrow(0, before.byteLength, (bytes) => {
    const after = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (const [start, end] of [...outputRanges(planned), [before.byteLength, before.byteLength] as const]) {
      const to = Math.max(from, Math.min(start, before.byteLength));
      if (before.compare(after, from, to, from, to) !== 0) {
        throw new Error(`${planned.name}(${planned.args.join(', ')}) wrote between ${from} and ${to}`);
      }
      from = Math.max(from, Math.min(end, before.byteLength));
    }
  });
  return errno;
}

/** Where a call may write, in ascending order. */
function outputRanges({ args, outputs }: PlannedCall): (readonly [start: number, end: number])[] {
  return outputs
    .map(({ pointer, length }) => {
      const start = Number(args[pointer]) >>> 0;
      const size = typeof length === 'number' ? length : Number(args[length.argument]) >>> 0;
      return [start, start + size] as const;
    })
    .sort(([one], [other]) => one - other);
}
