import type { EncodedError } from './encoded-error.js';

/** Errors are encoded no deeper. */
const deepest = 64;

/** Whether something is the form of an error, as `encodeError` makes it, and each part of it is there once: what was not made here could be without end. */
export function isEncodedError(value: unknown): value is EncodedError {
  return isEncoded(value, new Set(), 0);
}

function isEncoded(value: unknown, seen: Set<object>, depth: number): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > deepest) return false;
  seen.add(value);
  const { kind, items, message, name, stack, classes, properties } = value as Readonly<
    Record<string, unknown>
  >;
  const isInner = (inner: unknown) => isEncoded(inner, seen, depth + 1);
  if (kind === 'value') return true;
  if (kind === 'list') return Array.isArray(items) && items.every(isInner);
  return (
    kind === 'error' &&
    typeof message === 'string' &&
    typeof name === 'string' &&
    (stack === undefined || typeof stack === 'string') &&
    Array.isArray(classes) &&
    Array.isArray(properties) &&
    properties.every((property) => typeof property?.key === 'string' && isInner(property.value))
  );
}
