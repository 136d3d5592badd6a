import { deepestValue } from './pack-value.js';
import type { PackedValue } from './packed-value.js';

/** Whether something is what `packValue` makes, and each part of it is there once: what was not made here could be without end. */
export function isPackedValue(value: unknown): value is PackedValue {
  return isPacked(value, new Set(), 0);
}

function isPacked(value: unknown, seen: Set<object>, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (!Array.isArray(value) || seen.has(value) || depth > deepestValue) return false;
  seen.add(value);
  const [form, content] = value as readonly unknown[];
  const isInner = (inner: unknown) => isPacked(inner, seen, depth + 1);
  switch (form) {
    case 'array':
    case 'set':
      return Array.isArray(content) && content.every(isInner);
    case 'object':
      return (
        isListOfPairs(content) && content.every(([name, entry]) => typeof name === 'string' && isInner(entry))
      );
    case 'map':
      return isListOfPairs(content) && content.every(([key, entry]) => isInner(key) && isInner(entry));
    case 'url':
      return typeof content === 'string' && URL.canParse(content);
    case 'buffer':
      return content instanceof Uint8Array;
    case 'function':
      return Number.isInteger(content);
    case 'same':
      return (
        ArrayBuffer.isView(content) ||
        content instanceof ArrayBuffer ||
        content instanceof Date ||
        content instanceof RegExp
      );
    default:
      return false;
  }
}

function isListOfPairs(content: unknown): content is readonly (readonly [unknown, unknown])[] {
  return Array.isArray(content) && content.every((pair) => Array.isArray(pair) && pair.length === 2);
}
