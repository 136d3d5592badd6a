import type { Limits } from '../../../limits/limits.js';
import type { CodeForm } from './compiled-code.js';

/** The kind of code that guests with these limits need. */
export function codeFormFor({ cost = Number.POSITIVE_INFINITY }: Limits): CodeForm {
  return Number.isFinite(cost) ? 'metered' : 'plain';
}
