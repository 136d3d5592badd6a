// Host functions that fail in each way in which one can; made again where the guests run.
const nothing = [];
const hostFunction = (params, results, call) => ({ params, results, call });

export const faults = () => ({
  name: 'faults',
  functions: {
    exit: hostFunction(nothing, nothing, () => process.exit(3)),
    fail: hostFunction(nothing, nothing, () => {
      throw Object.assign(new RangeError('the host function failed'), { code: 'E_FAULT' });
    }),
    /** Calls the guest again, so often. */
    again: hostFunction(['i32', 'funcref'], nothing, (_caller, levels, target) => target(levels)),
    spin: hostFunction(nothing, nothing, () => {
      for (;;);
    }),
    /** Ends the thread or process once the call has returned. */
    crashLater: hostFunction(nothing, nothing, () => {
      setImmediate(() => {
        throw new Error('thrown by nobody’s call');
      });
    }),
  },
});

/** What is left in a member besides its runtime. */
export function count() {
  return process.getActiveResourcesInfo().length;
}

/** Waits for ever, without keeping the thread busy. */
export function hang() {
  return new Promise(() => {});
}
