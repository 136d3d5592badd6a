/** A function of any parameters, as it is called from elsewhere. */
export type KeptFunction = (...args: unknown[]) => unknown;

/** Keeps a function that stays where it is while a value that holds it crosses; gives its number. */
export type KeepFunction = (kept: KeptFunction, name: string) => number;

/** Makes what stands for the function of that number where it was not kept. */
export type MakeFunction = (number: number) => KeptFunction;
