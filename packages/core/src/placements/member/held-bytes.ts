import { isMainThread } from 'node:worker_threads';

/**
 * How many bytes this member holds. What is resident of a process is told for all of its threads together, so a thread tells what its own heap
 * and its buffers have, among them the memories of guests on V8.
 */
export function heldBytes(): number {
  if (isMainThread) return process.memoryUsage.rss();
  const { heapTotal, external } = process.memoryUsage();
  return heapTotal + external;
}
