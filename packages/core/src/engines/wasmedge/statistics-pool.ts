import { isMainThread } from 'node:worker_threads';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';

const maxKept = 8;

/** Statistics of ended runtimes. */
class StatisticsPool {
  readonly #library: Library;
  readonly #kept: Pointer[] = [];
  #keeps = true;

  constructor(library: Library) {
    this.#library = library;
    // Nobody collects them when a thread ends. Runtimes that are disposed of after this one's listener keep nothing either.
    if (!isMainThread) process.once('exit', () => this.#close());
  }

  take(): Pointer {
    return this.#kept.pop() ?? Number(this.#library.c.StatisticsCreate());
  }

  giveBack(statistics: Pointer): void {
    const { c } = this.#library;
    if (this.#keeps && this.#kept.length < maxKept) {
      c.StatisticsClear(statistics);
      this.#kept.push(statistics);
    } else {
      c.StatisticsDelete(statistics);
    }
  }

  #close(): void {
    this.#keeps = false;
    for (const statistics of this.#kept.splice(0)) this.#library.c.StatisticsDelete(statistics);
  }
}

const pools = new WeakMap<Library, StatisticsPool>();

function poolOf(library: Library): StatisticsPool {
  const pool = pools.get(library) ?? new StatisticsPool(library);
  pools.set(library, pool);
  return pool;
}

/** Statistics with no cost counted. Their table of costs is half a mebibyte, so those of ended runtimes are used again. */
export function takeStatistics(library: Library): Pointer {
  return poolOf(library).take();
}

/** Gives statistics back; nothing may use them any more. */
export function returnStatistics(library: Library, statistics: Pointer): void {
  poolOf(library).giveBack(statistics);
}
