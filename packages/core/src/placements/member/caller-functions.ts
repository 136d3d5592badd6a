import type { Caller } from '../../host-module/caller.js';
import { type HostFunction, type HostModule, hostModule } from '../../host-module/host-module.js';
import { useGuestMemory } from '../../host-module/waiting-memory.js';
import type {
  CallerFunctionQuestion,
  CallerMemoryRequest,
  PackedCallerFunction,
  PackedCallerModule,
} from '../protocol/caller-functions.js';
import { InstanceNumbers } from './instance-numbers.js';
import type { Lane, LaneReply } from './lane.js';

/** The host functions of a member that its caller runs. */
export class CallerFunctions {
  readonly #lane: Lane;
  /** The guests that wait for one, the innermost last. */
  readonly #callers: Caller[] = [];
  readonly #instances = new InstanceNumbers();

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  /** Host modules with the functions that stay with the caller in their places, and modules of nothing else. */
  addTo(made: readonly HostModule[], packed: readonly PackedCallerModule[]): readonly HostModule[] {
    const names = new Set(made.map(({ name }) => name));
    const empty = packed.filter(({ name }) => !names.has(name)).map(({ name }) => hostModule(name, {}));
    return [...made, ...empty].map((module) => {
      const entry = packed.find(({ name }) => name === module.name);
      return entry === undefined ? module : this.#complete(module, entry);
    });
  }

  /** Uses the memory of the guest that waits for what the caller does. */
  useMemory({ use, args, bytes }: CallerMemoryRequest): LaneReply {
    const { memory } = this.#callers[this.#callers.length - 1] as Caller;
    const result = useGuestMemory(memory, use, bytes === undefined ? args : [...args, bytes]);
    return result instanceof Uint8Array
      ? { value: undefined, bytes: result }
      : { value: result, bytes: undefined };
  }

  #complete({ name, functions, otherForms, objects }: HostModule, packed: PackedCallerModule): HostModule {
    const made = (isOtherForm: boolean) =>
      Object.fromEntries(
        packed.functions
          .filter((entry) => entry.isOtherForm === isOtherForm)
          .map((entry) => [entry.name, this.#hostFunction(entry)]),
      );
    return hostModule(
      name,
      { ...objects, ...packed.objects, ...functions, ...made(false) },
      { otherForms: { ...otherForms, ...made(true) } },
    );
  }

  #hostFunction({ params, results, hiddenArguments, number }: PackedCallerFunction): HostFunction {
    return {
      params,
      results,
      call: (caller, ...args) => this.#call(caller, number, args),
      ...(hiddenArguments.length > 0 && { trace: { hiddenArguments } }),
    };
  }

  #call(caller: Caller, number: number, args: readonly unknown[]): unknown {
    const question: CallerFunctionQuestion = {
      kind: 'callerFunction',
      function: number,
      args,
      hasMemory: caller.hasMemory,
      instance: this.#instances.of(caller.instance),
      gone: this.#instances.takeGone(),
    };
    this.#callers.push(caller);
    try {
      return this.#lane.ask(question).value;
    } finally {
      this.#callers.pop();
    }
  }
}
