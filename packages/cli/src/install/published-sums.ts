import { ChecksumError, DownloadError, ReleaseAssetError } from '../errors.js';
import { type HttpClient, messageOf } from './http-get.js';
import { releaseFile } from './release-server.js';

/** The file of a release that has the SHA-256 of every asset. */
const sumsFile = 'SHA256SUM';
const maxBytes = 1024 * 1024;

/**
 * The SHA-256 of every asset of a release, by its name. It is also the list of what the release has.
 *
 * @throws {ReleaseAssetError} when there is no such release.
 * @throws {ChecksumError} when the release publishes no sums: nothing can be checked then, and nothing is installed.
 */
export async function readPublishedSums(
  client: HttpClient,
  server: URL,
  version: string,
  timeoutMs: number,
): Promise<ReadonlyMap<string, string>> {
  const url = releaseFile(server, version, sumsFile);
  const { status, body } = await client.get(url);
  if (status === 404) {
    await body.dump();
    throw new ReleaseAssetError(
      `There is no ${url.href}: WasmEdge ${version} was not released there, or has no checksums, and nothing is installed that cannot be checked. Name another version with @version, or another server with --base-url.`,
    );
  }
  if (status !== 200) {
    await body.dump();
    throw new DownloadError(`${url.href} responds with status ${status}; try again later.`);
  }
  const sums = parseSums(await readText(url, body, timeoutMs));
  if (sums.size === 0) {
    throw new ChecksumError(
      `${url.href} contains no SHA-256 checksums, and nothing is installed that cannot be checked. Check the address of the releases.`,
    );
  }
  return sums;
}

/** Lines of a hash, a blank, a blank or an asterisk, and a name, as `sha256sum` writes them. */
export function parseSums(text: string): ReadonlyMap<string, string> {
  const lines = text
    .split(/\r?\n/)
    .map((line) => /^([0-9a-f]{64}) [ *](?:\.\/)?([\w.+-]+)$/i.exec(line.trim()));
  return new Map(lines.flatMap((line) => (line?.[1] && line[2] ? [[line[2], line[1].toLowerCase()]] : [])));
}

async function readText(url: URL, body: AsyncIterable<Uint8Array>, timeoutMs: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of body) {
      length += part.byteLength;
      if (length > maxBytes) {
        break;
      }
      parts.push(part);
    }
  } catch (cause) {
    throw new DownloadError(`${url.href} was interrupted: ${messageOf(cause, timeoutMs)}. Try again.`, {
      cause,
    });
  }
  if (length > maxBytes) {
    throw new DownloadError(
      `${url.href} is too large for a list of checksums; check the address of the releases.`,
    );
  }
  return Buffer.concat(parts).toString('utf8');
}
