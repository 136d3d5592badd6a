import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../library/find-library.js';

/** Declares tests that need ONNX Runtime's library, or says why they are not run; see `describeWith`. */
export function describeWithLibrary(declare: () => void | Promise<void>): Promise<void> {
  const needs = { name: 'onnx', problem: () => problemOf(findLibrary) };
  return describeWith("ONNX Runtime's library", needs, declare);
}
