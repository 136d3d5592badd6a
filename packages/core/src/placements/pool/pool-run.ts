import type { PlacedRunOptions } from '../interface/placed-run-options.js';
import type { PoolGuestOptions } from './pool-options.js';

/** What one run of a command in a pool gets. Options that you omit are as the pool's `wasi` says; without that, stdin is empty and the output is captured. */
export interface PoolRunOptions extends Omit<PlacedRunOptions, keyof PoolGuestOptions>, PoolGuestOptions {}

/** What a command returned. */
export interface PoolRunResult {
  /** The exit code, from 0 to 2^32 - 1. */
  readonly exitCode: number;
  /** What it wrote to stdout; empty where that was not captured. */
  readonly stdout: Uint8Array;
  /** What it wrote to stderr; empty where that was not captured. */
  readonly stderr: Uint8Array;
}
