// @ts-check
// Functions of a program, named by module and export.

/** @param {{ path: string }} request */
export function refuse({ path }) {
  throw new Error(`the hook saw ${path}`);
}

/** Sees the end of each request. */
export function seen() {}
