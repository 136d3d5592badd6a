import type { AssetName, PluginAvailability } from '@wasmedge-plugins/core';
import { ReleaseAssetError } from '../errors.js';

/** The asset to take, with its published sum. */
export interface ChosenAsset {
  readonly name: string;
  readonly sha256: string;
  /** Whether it is the archive of the runtime, with the plug-in somewhere in it. */
  readonly isRuntime: boolean;
}

/**
 * Picks the asset that fits a machine from those that a release has.
 *
 * @throws {ReleaseAssetError} when none does; the message has those that there are.
 */
export function chooseAsset(
  { assets, runtimeAssets }: PluginAvailability,
  plugin: string,
  sums: ReadonlyMap<string, string>,
  version: string,
): ChosenAsset {
  const find = (wanted: readonly AssetName[], isRuntime: boolean): ChosenAsset | undefined => {
    for (const { pattern } of wanted) {
      for (const [name, sha256] of sums) {
        if (pattern.test(name)) {
          return { name, sha256, isRuntime };
        }
      }
    }
    return undefined;
  };
  const found = find(assets, false) ?? find(runtimeAssets, true);
  if (found !== undefined) {
    return found;
  }
  const others = [...sums.keys()].filter((name) => name.startsWith(`WasmEdge-plugin-${plugin}-`));
  const wanted = [...assets, ...runtimeAssets].map(({ name }) => name);
  throw new ReleaseAssetError(
    [
      `The release ${version} has none of: ${wanted.join(', ')}.`,
      others.length === 0
        ? `It has no asset for ${plugin} at all. Name another version with @version.`
        : 'For this plug-in it has:',
      ...others.map((name) => `  ${name}`),
    ].join('\n'),
  );
}
