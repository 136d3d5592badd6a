import { AotCacheError, compiledCodeCache, type WasmEdgeInstallation } from '@wasmedge-plugins/core';
import type { CompiledCodeState } from './doctor-report.js';

/** Looks at the compiler and the cache of compiled code. */
export function examineCompiledCode(library: WasmEdgeInstallation | undefined): CompiledCodeState {
  const cache = compiledCodeCache();
  const { directory } = cache;
  const compiler = library && { hasCompiler: library.hasCompiler };
  try {
    const entries = cache.list();
    const notKept = cache.whyNotKept();
    return {
      ...{ directory, entries: entries.length, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) },
      ...compiler,
      ...(notKept !== undefined && { notKept }),
    };
  } catch (error) {
    if (!AotCacheError.isInstance(error)) throw error;
    return { directory, entries: 0, bytes: 0, ...compiler, problem: error.message };
  }
}
