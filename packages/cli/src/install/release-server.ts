import { UsageError } from '../errors.js';

/** Where WasmEdge publishes its releases. */
export const defaultReleases = 'https://github.com/WasmEdge/WasmEdge/releases/download';

/** The variable that names another place with the same layout. */
export const releasesVariable = 'WASMEDGE_PLUGINS_RELEASES';

/**
 * The address of the releases: the option, the variable, or WasmEdge's own. Files lie under it as `<version>/<file>`.
 *
 * @throws {UsageError} when it is not an address of HTTP.
 */
export function releaseServer(option: string | undefined): URL {
  const named = option ?? (process.env[releasesVariable] || undefined);
  const source = option !== undefined ? '--base-url' : releasesVariable;
  const text = named ?? defaultReleases;
  if (!URL.canParse(text) || !['https:', 'http:'].includes(new URL(text).protocol)) {
    throw new UsageError(`${source} must be an address that begins with https:// or http://, not "${text}"`);
  }
  return new URL(text);
}

/** The address of a file of a release. */
export function releaseFile(server: URL, version: string, file: string): URL {
  const url = new URL(server);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${version}/${file}`;
  return url;
}
