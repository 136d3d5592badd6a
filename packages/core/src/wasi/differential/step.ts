/** An argument of a call: a number, 64 bits as decimal text, or what an earlier call left, by name. */
export type Argument = number | { readonly long: string } | { readonly kept: string };

/** What is put into memory before a call: bytes in hexadecimal, or a number that an earlier call left. */
export type MemoryEntry = readonly [address: number, content: string | { readonly kept: string }];

/** What is read from memory after a call, and how it is told. */
export interface Output {
  readonly kind: OutputKind;
  readonly address: number;
  readonly length: number;
  /** Where the number of units that count is, when that is not all of them, and how many bytes a unit has. */
  readonly used?: { readonly address: number; readonly unit: number };
}

/** Names of {@link decoders}. */
export type OutputKind =
  | 'number'
  | 'positive'
  | 'bytes'
  | 'filestat'
  | 'times'
  | 'identity'
  | 'fdstat'
  | 'listing'
  | 'events';

/** One call of a guest, as data that a program in any language can make. */
export interface Step {
  /** Unique in its scenario. */
  readonly label: string;
  readonly call: string;
  readonly args: readonly Argument[];
  readonly memory: readonly MemoryEntry[];
  readonly outputs: readonly Output[];
  /** Numbers to keep for later calls, when this one succeeds: little-endian, of 4 or 8 bytes. */
  readonly keep: readonly { readonly name: string; readonly address: number; readonly length: number }[];
}

/** Calls of one guest in a state of its own. */
export interface Scenario {
  readonly name: string;
  /** What the guest's standard input has; without it, the host's own, where nothing ever comes. */
  readonly stdin?: string;
  /** Makes what is in the guest's folder, and beside it. */
  readonly prepare?: (folder: string, outside: string) => void;
  readonly steps: readonly Step[];
}

/** What one call answered. */
export interface Answer {
  /** The error number, or the text of a trap. */
  readonly errno: number | string;
  /** The outputs in hexadecimal, each as long as it is used. */
  readonly outputs: readonly string[];
}

/** A scenario as the programs get it: with a folder of its own. */
export interface Task {
  readonly name: string;
  readonly folder: string;
  /** A file with what standard input has. */
  readonly stdin?: string;
  readonly steps: readonly Step[];
}
