import { findLibrary } from './find-library.js';

/** Why TensorFlow Lite's C library cannot be used; `undefined` when it is here. */
export function libraryProblem(): string | undefined {
  try {
    findLibrary();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
