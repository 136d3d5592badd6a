import { AotCacheError, compiledCodeCache } from '@wasmedge-plugins/core';
import type { CompiledCodeState } from './doctor-report.js';

/** Looks at the cache of compiled code. */
export function examineCompiledCode(): CompiledCodeState {
  const cache = compiledCodeCache();
  const { directory } = cache;
  try {
    const entries = cache.list();
    return { directory, entries: entries.length, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) };
  } catch (error) {
    if (!AotCacheError.isInstance(error)) throw error;
    return { directory, entries: 0, bytes: 0, problem: error.message };
  }
}
