/** A value as JSON for a person or a program; 64-bit integers become texts, which lose nothing. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry),
    2,
  );
  return `${text}\n`;
}
