import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../library/find-library.js';

/** Declares tests that need node-llama-cpp, or says why they are not run; see `describeWith`. */
export function describeWithLibrary(declare: () => void | Promise<void>): Promise<void> {
  return describeWith('node-llama-cpp', { name: 'ggml', problem: () => problemOf(findLibrary) }, declare);
}
