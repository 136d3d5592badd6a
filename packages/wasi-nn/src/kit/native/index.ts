export { bindLibrary, callOffThread, type LibraryWords, struct } from './bind-library.js';
export { LibraryContext } from './library-context.js';
export type { CFunction, CStruct, CType, FunctionsOf, Prototype, Prototypes } from './prototypes.js';
export { pointer } from './prototypes.js';
