import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { findWorker } from '../../worker-url.js';

/**
 * The file of the program of a member.
 *
 * @throws {UnsupportedByPlacementError} when it is missing, as in a bundle.
 */
export function memberFile(name: 'member-thread-worker' | 'member-process-worker'): URL {
  const url = findWorker(name);
  if (url === undefined) {
    throw new UnsupportedByPlacementError(
      `The file ${name}.js is missing beside @wasmedge-plugins/core. Mark the package as external when you bundle, so that it stays in node_modules; otherwise install it again.`,
    );
  }
  return url;
}
