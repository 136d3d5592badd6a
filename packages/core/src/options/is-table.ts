/**
 * Whether a value is an object whose own properties are a table of names and values. A Map or a Set has its entries elsewhere, and an array
 * has numbers for names: taken for a table, each would silently be empty or wrong.
 */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  // By its tag, so that a Map of another realm is one too; a namespace of a module is a table.
  return ['[object Object]', '[object Module]'].includes(Object.prototype.toString.call(value));
}
