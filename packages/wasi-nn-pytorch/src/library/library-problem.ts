import { findShim } from './find-shim.js';

/** Why PyTorch cannot run here; `undefined` when libtorch and its shim are there. */
export function libraryProblem(): string | undefined {
  try {
    findShim();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
