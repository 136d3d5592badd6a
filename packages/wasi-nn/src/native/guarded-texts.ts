import { NnErrno } from '../nn-errno.js';
import type { GuardedState } from './guarded-state.js';
import { refuseVectors } from './guarded-steps.js';
import { configInput, type NativeConfig } from './native-config.js';

/** Sets a prompt, which is bytes. `type` is the number of an element type, of which the plug-in has to know one. */
export function setPrompt(state: GuardedState, id: number, text: Uint8Array, type: number): number {
  const errno = state.setInput(id, 0, [text.byteLength], type, text);
  if (errno === NnErrno.success) state.context(id).steps.promptSet();
  return errno;
}

/** Sets options. What changes the model's way of computing ends what its contexts compute token by token. */
export function setOptions(
  state: GuardedState,
  id: number,
  { text, givesVectors }: NativeConfig,
  type: number,
): number {
  const { graph } = state.context(id);
  if (givesVectors !== undefined && givesVectors !== graph.givesVectors) {
    for (const { steps } of state.contextsOf(graph)) steps.interrupt();
  }
  const bytes = Buffer.from(text);
  const errno = state.setInput(id, configInput, [bytes.byteLength], type, bytes);
  if (errno === NnErrno.success && givesVectors !== undefined) graph.givesVectors = givesVectors;
  return errno;
}

/** @throws {NnError} `invalid_argument` for a model that turns texts into vectors. */
export function computeSingle(state: GuardedState, id: number): number {
  const { steps, graph } = state.context(id);
  refuseVectors(graph.givesVectors);
  return steps.compute();
}
