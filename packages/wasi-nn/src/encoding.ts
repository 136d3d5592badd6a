import type { ExecutionTarget } from './backend.js';

/** Model encodings that WasmEdge knows, by number, in 0.14. 5 asks for detection, which no release does; later releases know 10, 13 and 14 too, which no package here loads. */
const encodings: Readonly<Record<number, string>> = {
  0: 'openvino',
  1: 'onnx',
  2: 'tensorflow',
  3: 'pytorch',
  4: 'tensorflowlite',
  6: 'ggml',
  7: 'neuralspeed',
  9: 'whisper',
  11: 'piper',
  12: 'chattts',
};

/** Whether WasmEdge has a name for an encoding; an unknown one is another error than one without a backend. */
export function isKnownEncoding(encoding: number): boolean {
  return encoding in encodings;
}

/** The name of an encoding, for messages. */
export function encodingName(encoding: number): string {
  return encodings[encoding] ?? `${encoding}`;
}

/** Targets by the number that `load` takes; `auto` exists for preloaded models only. */
export const loadTargets: readonly ExecutionTarget[] = ['cpu', 'gpu', 'tpu'];

/** Targets by the name that a preload option takes. */
export const preloadTargets: readonly ExecutionTarget[] = [...loadTargets, 'auto'];
