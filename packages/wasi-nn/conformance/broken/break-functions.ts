import type { Caller, GuestMemory, HostFunction, HostModule } from '@wasmedge-plugins/core';

/** A function of the module, as its host function calls it. */
export type Call = (caller: Caller, ...args: number[]) => number;

/** The functions of the module by name. */
export type Calls = Readonly<Record<string, Call>>;

/** One way to be wrong: replaces some functions, given all of the right ones. Called once for each runtime, so that it can keep a state. */
export type Defect = (right: (name: string) => Call) => Calls;

/** The module with one defect. */
export function breakModule(module: HostModule, defect: Defect): HostModule {
  const right = (name: string): Call => {
    const target = module.functions[name];
    if (target === undefined) throw new Error(`The plug-in has no function ${name}.`);
    return target.call.bind(target) as Call;
  };
  const changed = Object.entries(defect(right)).map(([name, call]): [string, HostFunction] => [
    name,
    { ...(module.functions[name] as HostFunction), call: call as HostFunction['call'] },
  ]);
  return { ...module, functions: { ...module.functions, ...Object.fromEntries(changed) } };
}

/** The five numbers of a tensor record. */
export const recordSize = 20;

/**
 * Lets a piece of guest memory have other numbers during a call; returns what the call does, an errno.
 *
 * @param offset where the numbers of 4 bytes each are to be.
 * @throws {MemoryRangeError} where they would lie outside the memory, and what the call throws.
 */
export function withNumbers(
  memory: GuestMemory,
  offset: number,
  numbers: readonly number[],
  call: () => number,
): number {
  const before = memory.read(offset, numbers.length * 4);
  numbers.forEach((number, index) => {
    memory.writeU32(offset + index * 4, number);
  });
  try {
    return call();
  } finally {
    memory.write(offset, before);
  }
}
