import { printableName } from '../errors/printable.js';
import type { ValueType } from '../values/value-types.js';

/** The TypeScript type of a value of a WebAssembly type. */
export function valueTypeText(type: ValueType): string {
  switch (type) {
    case 'i32':
    case 'f32':
    case 'f64':
      return 'number';
    case 'i64':
    case 'v128':
      return 'bigint';
    case 'funcref':
      return '((...args: never[]) => unknown) | null';
    default:
      return 'unknown';
  }
}

/** The TypeScript type of what a function with these results returns. */
export function resultText(results: readonly ValueType[]): string {
  const [first, ...more] = results.map(valueTypeText);
  if (first === undefined) return 'void';
  return more.length === 0 ? first : `[${[first, ...more].join(', ')}]`;
}

/** A comment of lines that come from a file: nothing in them may end it. */
export function commentText(lines: readonly string[], indent = ''): string {
  const safe = lines
    .flatMap((line) => line.split(/[\r\n\u2028\u2029]+/))
    .map((line) => printableName(line.replaceAll('*/', '* /')).trimEnd())
    .filter((line) => line.trim() !== '');
  const [only, ...more] = safe;
  if (only !== undefined && more.length === 0 && only.length < 120) return `${indent}/** ${only} */`;
  return [`${indent}/**`, ...safe.map((line) => `${indent} * ${line}`), `${indent} */`].join('\n');
}

/** The name of a member, quoted where it must be. */
export function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quotedText(name);
}

/** Text as a literal in single quotes; in double ones where that needs fewer escapes. */
export function quotedText(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  const escaped = text.replace(/[\\'"]|[\p{C}\p{Z}]/gu, (character) => {
    if (character === ' ' || (/['"]/.test(character) && character !== quote)) return character;
    return /[\\'"]/.test(character) ? `\\${character}` : Array.from(character, escapedUnits).join('');
  });
  return `${quote}${escaped}${quote}`;
}

function count(text: string, character: string): number {
  return text.split(character).length;
}

function escapedUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
