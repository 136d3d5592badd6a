import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../library/find-library.js';

/** Declares tests that need TensorFlow Lite's C library, or says why they are not run; see `describeWith`. */
export function describeWithLibrary(declare: () => void | Promise<void>): Promise<void> {
  const needs = { name: 'tflite', problem: () => problemOf(findLibrary) };
  return describeWith("TensorFlow Lite's C library", needs, declare);
}
