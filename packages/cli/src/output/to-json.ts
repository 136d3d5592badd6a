/**
 * A value as JSON for a person or a program; 64-bit integers become texts, which lose nothing. What a terminal would obey is escaped, as
 * JSON allows.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry),
    2,
  );
  return `${safeJson(text)}\n`;
}

/** JSON with every control and invisible character escaped: outside of its texts there is none but the line feed. */
export function safeJson(json: string): string {
  return json.replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
