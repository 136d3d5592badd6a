/**
 * The version of the plug-in API of a libwasmedge, which a plug-in's must equal; `undefined` for unknown versions.
 *
 * @param version as the library reports it, for example `0.14.1`.
 */
export function pluginApiVersion(version: string): number | undefined {
  const [major, minor, patch] = version.split(/[.-]/).map(Number);
  if (major !== 0 || minor === undefined || patch === undefined) {
    return undefined;
  }
  if (minor === 14) {
    return patch === 0 ? 3 : 4;
  }
  return minor < 14 ? 2 : minor < 17 ? 4 : minor === 17 ? 5 : undefined;
}

/** The versions of libwasmedge that accept plug-ins of an API version, in words. */
export function librariesWithApiVersion(apiVersion: number): string {
  const known = ['0.13 and earlier', '0.14.0', '0.14.1 to 0.16', '0.17'];
  return known[apiVersion - 2] ?? 'a version that is not known here';
}
