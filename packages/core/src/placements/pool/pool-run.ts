import type { PlacedRunOptions } from '../interface/placed-run-options.js';
import type { PoolGuestOptions } from './pool-options.js';

/** What one run of a command in a pool gets. What is left out is as `wasi` of the pool says; without that stdin is empty, and what it writes is captured. */
export interface PoolRunOptions extends Omit<PlacedRunOptions, keyof PoolGuestOptions>, PoolGuestOptions {}

/** What a command has left. */
export interface PoolRunResult {
  /** The exit code, from 0 to 2^32 - 1. */
  readonly exitCode: number;
  /** What it wrote to stdout; empty where that was not captured. */
  readonly stdout: Uint8Array;
  /** What it wrote to stderr; empty where that was not captured. */
  readonly stderr: Uint8Array;
}
