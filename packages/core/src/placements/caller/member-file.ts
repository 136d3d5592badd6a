import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { helperUrl } from '../../helpers/helper-program.js';
import { helperFile } from '../../native/plugins/helper-file.js';

/**
 * What the thread of a member is started with.
 *
 * @throws {UnsupportedByPlacementError} when it is missing, as in a bundle that was taken apart.
 */
export function memberUrl(): URL {
  const name = 'member-thread-worker';
  return helperUrl(name) ?? missing(name);
}

/**
 * The program of the process of a member.
 *
 * @throws {UnsupportedByPlacementError} when it is missing, as in a bundle that was taken apart.
 */
export function memberFile(): string {
  const name = 'member-process-worker';
  return helperFile(name) ?? missing(name);
}

function missing(name: string): never {
  throw new UnsupportedByPlacementError(
    `The file ${name}.js is missing next to @wasmedge-plugins/core, and its text is not in the bundle. Keep all files of a bundle together, or mark the package as external, so that it stays in node_modules; without a bundle, install it again.`,
  );
}
