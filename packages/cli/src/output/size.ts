import { megabytes } from './megabytes.js';

/** A number of bytes for a person, which is not zero for the small code of a small guest. */
export function size(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1000);
  return kilobytes < 100 ? `${kilobytes} kB` : megabytes(bytes);
}
