export { bindLibrary, callOffThread, type LibraryWords, struct } from './bind-library.js';
export { LibraryContext } from './library-context.js';
export type {
  CArgumentsOf,
  CFunction,
  CStruct,
  CType,
  CTypes,
  CValueOf,
  FunctionsOf,
  Prototype,
  Prototypes,
} from './prototypes.js';
export { pointer } from './prototypes.js';
