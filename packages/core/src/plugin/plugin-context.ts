import type { BlockingCaller } from '../blocking/blocking-caller.js';
import type { Caller } from '../host-module/caller.js';
import type { Logger } from '../logger/logger.js';

/** What a runtime gives to an embedded plug-in when it creates it. */
export interface PluginContext {
  /** Runs asynchronous work while a synchronous import waits. Started at first use, ended with the runtime. */
  readonly blocking: BlockingCaller;
  /** Where the plug-in may say something; never on stdout. */
  readonly logger: Logger;
  /**
   * Keeps something for each instance of a guest: what one instance has is out of reach for every other, and ends with it. That is when the instance is disposed,
   * or the call that it is disposed in has returned, as a command is after its run, however that ended; at the latest with the runtime, before the plug-in. A state
   * that has `[Symbol.dispose]` is disposed then.
   *
   * @param make makes the state of an instance, when it is first asked for.
   * @returns gives the state of the instance that calls. It throws {@link DisposedError} when the instance has ended, and another guest still has its functions.
   * @example
   * create(options, { perInstance }) {
   *   const countOf = perInstance(() => ({ calls: 0 }));
   *   return { modules: [hostModule('count', { next: hostFunction([], ['i32'], (caller) => ++countOf(caller).calls) })] };
   * }
   */
  perInstance<State extends object>(make: () => State): (caller: Caller) => State;
}
