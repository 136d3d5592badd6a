import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';

const maxKept = 8;
const pools = new WeakMap<Library, Pointer[]>();

/** Statistics with no cost counted. Their table of costs is half a mebibyte, so those of ended runtimes are used again. */
export function takeStatistics(library: Library): Pointer {
  return pools.get(library)?.pop() ?? Number(library.c.StatisticsCreate());
}

/** Gives statistics back; nothing may use them any more. */
export function returnStatistics(library: Library, statistics: Pointer): void {
  const pool = pools.get(library) ?? [];
  pools.set(library, pool);
  if (pool.length < maxKept) {
    library.c.StatisticsClear(statistics);
    pool.push(statistics);
  } else {
    library.c.StatisticsDelete(statistics);
  }
}
