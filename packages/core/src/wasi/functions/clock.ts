import { clock } from '../clock.js';
import { wasiFunction } from '../wasi-function.js';

/** The clocks. */
export const clockFunctions = {
  clock_res_get: wasiFunction(['i32', 'i32'], (_state, { memory }, id, result) =>
    memory.writeU64(result, clock(id).resolution),
  ),
  clock_time_get: wasiFunction(['i32', 'i64', 'i32'], (_state, { memory }, id, _precision, result) =>
    memory.writeU64(result, clock(id).now()),
  ),
};
