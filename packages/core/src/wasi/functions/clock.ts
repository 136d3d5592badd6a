import type { GuestMemory } from '../../memory/guest-memory.js';
import { clock, realtime } from '../clock.js';
import type { TimeWords } from '../time-words.js';
import { wasiFunction } from '../wasi-function.js';
import { ClockId } from '../wasi-types.js';

const { hrtime } = process;

/** The clocks. */
export const clockFunctions = {
  clock_res_get: wasiFunction(['i32', 'i32'], (_state, { memory }, id, result) =>
    memory.writeU64(result, clock(id).resolution),
  ),
  clock_time_get: wasiFunction(['i32', 'i64', 'i32'], (_state, { memory }, id, _precision, result) => {
    // The two that guests ask often are looked at without a step between, which would cost as much as the look.
    if (id === ClockId.monotonic) {
      memory.writeU64(result, hrtime.bigint());
    } else if (id === ClockId.realtime) {
      writeWords(memory, result, realtime.look());
    } else {
      writeWords(memory, result, clock(id).look());
    }
  }),
};

/** The upper one first: if that is out of reach, neither is written. */
function writeWords(memory: GuestMemory, pointer: number, { high, low }: TimeWords): void {
  const start = pointer >>> 0;
  memory.writeU32(start + 4, high);
  memory.writeU32(start, low);
}
