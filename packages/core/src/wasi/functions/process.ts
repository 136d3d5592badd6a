import { GuestExitError } from '../../errors/guest-errors.js';
import { hostFunction } from '../../host-module/host-module.js';
import { requireRange } from '../guest-data.js';
import { fillRandomly } from '../random-pool.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';

const lastSignal = 30;

/** The guest's own end: it answers no number, since it does not come back. */
export const exitFunctions = {
  proc_exit: hostFunction(['i32'], [], (_caller, exitCode): never => {
    throw new GuestExitError(exitCode >>> 0);
  }),
};

/** Random bytes, and what has no other place. */
export const processFunctions = {
  // A signal would reach the host's process, so only "none" is allowed.
  proc_raise: wasiFunction(['i32'], (_state, _caller, signal) => {
    if (signal >>> 0 > lastSignal) throw new WasiError('inval');
    if (signal !== 0) throw new WasiError('notsup');
  }),
  sched_yield: wasiFunction([], () => {}),
  random_get: wasiFunction(['i32', 'i32'], (_state, { memory }, pointer, length) => {
    requireRange(memory, pointer, length);
    memory.borrow(pointer, length, fillRandomly);
  }),
};
