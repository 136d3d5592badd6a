/**
 * Most of everything that a module may have: the implementation limits of the WebAssembly JavaScript interface (W3C, "Limits"), which
 * every browser keeps, so that no compiler makes more.
 */
export const most = {
  /** Bytes of the whole module. */
  moduleBytes: 2 ** 30,
  types: 1_000_000,
  functions: 1_000_000,
  imports: 1_000_000,
  exports: 1_000_000,
  globals: 1_000_000,
  tags: 1_000_000,
  tables: 100_000,
  memories: 100,
  dataSegments: 100_000,
  elementSegments: 10_000_000,
  /** Elements of one segment. */
  elements: 10_000_000,
  /** Elements of one table; here, of all tables of a runtime. */
  tableElements: 10_000_000,
  /** Parameters of a function, and results. */
  parameters: 1000,
  structFields: 10_000,
  /** How deep a type is derived from others. */
  supertypes: 63,
  /** Parameters are among them. */
  locals: 50_000,
  /** Bytes of one function, with the declarations of its variables. */
  functionBytes: 7_654_321,
} as const;
