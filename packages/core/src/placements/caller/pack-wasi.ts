import { absolutePath } from '../../files/absolute-path.js';
import { packCopy } from '../../recipe/pack-copy.js';
import type { PackedPlace } from '../../recipe/pack-value.js';
import type { PackedValue } from '../../recipe/packed-value.js';
import type { WasiOptions } from '../../wasi/wasi-options.js';

/**
 * Options of WASI in the form that goes to a member. Folders are named from the root: the working folder of a process may be another one.
 *
 * @throws {CannotCrossError} for what cannot go there.
 */
export function packWasi(options: WasiOptions | undefined, place: PackedPlace): PackedValue {
  return packCopy(withWholePaths(options), place);
}

function withWholePaths(options: WasiOptions | undefined): WasiOptions | undefined {
  const preopens: unknown = options?.preopens;
  if (typeof preopens !== 'object' || preopens === null) return options;
  const folders = Object.entries(preopens).map(([name, folder]: [string, unknown]) => {
    // What is wrong is refused where it is used; an empty path is the working folder to nobody.
    return [name, typeof folder === 'string' && folder !== '' ? absolutePath(folder) : folder] as const;
  });
  return { ...options, preopens: Object.fromEntries(folders) as WasiOptions['preopens'] };
}
