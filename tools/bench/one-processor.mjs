// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * Has this process, with what it starts from now on, run on one processor, where the machine has `taskset`. To wake a second, sleeping processor of a
 * virtual machine takes longer than a message between threads, and which of the two is woken is chance.
 * @returns {() => void} lets it run on all processors again
 */
export function useOneProcessor() {
  const found = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  const all = /: *([\d,-]+)\s*$/.exec(found.stdout ?? '')?.[1];
  if (found.status !== 0 || all === undefined) return () => {};
  const use = (/** @type {string} */ processors) => {
    spawnSync('taskset', ['-acp', processors, String(process.pid)]);
  };
  use(/** @type {string} */ (/^\d+/.exec(all)?.[0]));
  return () => use(all);
}
