/** What a value is, for messages; never its contents. */
export function describeType(value: unknown): string {
  if (Array.isArray(value))
    return `an array of ${value.length}: [${value.slice(0, 8).map(String).join(', ')}]`;
  if (value === null) return 'null';
  return typeof value === 'object' ? (value.constructor?.name ?? 'an object') : typeof value;
}
