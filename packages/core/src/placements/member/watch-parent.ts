import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { helperUrl, prepareHelpers } from '../../helpers/helper-program.js';

/** What {@link watchParent} starts its thread with. */
export interface WatchedParent {
  readonly parent: number;
}

/** Ends this process when that one has ended, whatever its main thread does: another thread looks, where the system has no way. */
export async function watchParent(parent: number): Promise<void> {
  const workerData: WatchedParent = { parent };
  await prepareHelpers();
  const watch = new Worker(helperUrl('parent-watch-worker') as URL, { workerData, execArgv: [] });
  await once(watch, 'online');
  watch.unref();
}
