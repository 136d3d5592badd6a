import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findShim } from '../library/find-shim.js';

/** Declares tests that need libtorch, or says why they are not run; see `describeWith`. */
export function describeWithLibrary(declare: () => void | Promise<void>): Promise<void> {
  const needs = { name: 'libtorch', problem: () => problemOf(findShim) };
  return describeWith('libtorch', needs, declare);
}
