import type { BlockingCaller } from '../blocking/blocking-caller.js';
import type { Caller } from '../host-module/caller.js';
import type { Logger } from '../logger/logger.js';

/** What a runtime passes to an embedded plug-in when it creates it. */
export interface PluginContext {
  /** Runs asynchronous work while a synchronous import waits. Started on first use, ended with the runtime. */
  readonly blocking: BlockingCaller;
  /** Where the plug-in may log messages; never stdout. */
  readonly logger: Logger;
  /**
   * Writes to the standard output of the guest that runs, as the guest itself would. Nothing is written where it has none: without WASI, when it has closed that
   * descriptor, and when there is no more room.
   */
  writeStdout(bytes: Uint8Array): void;
  /**
   * Keeps state for each guest instance: one instance's state is out of reach for every other, and ends with the instance. That is when the instance is disposed,
   * or when the call in which it is disposed has returned (a command is disposed after its run, however that ended); at the latest with the runtime, before the
   * plug-in. A state that has `[Symbol.dispose]` is disposed then.
   *
   * @param make makes an instance's state when it is first asked for.
   * @returns a function that returns the calling instance's state. It throws {@link DisposedError} when the instance has ended but another guest still has its functions.
   * @example
   * create(options, { perInstance }) {
   *   const countOf = perInstance(() => ({ calls: 0 }));
   *   return { modules: [hostModule('count', { next: hostFunction([], ['i32'], (caller) => ++countOf(caller).calls) })] };
   * }
   */
  perInstance<State extends object>(make: () => State): (caller: Caller) => State;
}
