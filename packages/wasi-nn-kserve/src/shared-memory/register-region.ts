import { RemoteFailure } from '../transports/remote-failure.js';
import type { CallOptions, Transport } from '../transports/transport.js';
import { RegionFile } from './region-file.js';

/** Smallest region. Larger ones are powers of two, so that growing tensors do not need a new one each time. */
const minBytes = 65_536;

/**
 * Makes a region that the server has opened.
 *
 * @throws {RemoteFailure} when there is no room for it here, or when the server cannot open it
 */
export async function registerRegion(
  transport: Transport,
  byteLength: number,
  options: CallOptions,
): Promise<RegionFile> {
  const region = makeFile(transport.address, sizeFor(byteLength), options.timeoutMs);
  try {
    await transport.registerRegion(region, options);
  } catch (error) {
    region.close();
    throw withAdvice(error);
  }
  region.hideFile();
  return region;
}

function sizeFor(byteLength: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(minBytes, byteLength)));
}

function makeFile(address: string, byteLength: number, namedMs: number): RegionFile {
  try {
    return new RegionFile(byteLength, namedMs);
  } catch (error) {
    throw new RemoteFailure(
      'too-large',
      `Memory of ${byteLength} bytes for ${address} is not available in /dev/shm: ${(error as Error).message}. Make room there, or leave out "sharedMemory".`,
      { cause: error },
    );
  }
}

function withAdvice(error: unknown): unknown {
  const refusals = ['invalid', 'not-found', 'failed', 'unsupported'];
  if (!(error instanceof RemoteFailure) || !refusals.includes(error.kind)) return error;
  return new RemoteFailure(
    error.kind,
    `${error.message} A server can only open shared memory if it has the same /dev/shm, runs as the same user or as root, and has the extension "system_shared_memory"; otherwise leave out "sharedMemory".`,
    { cause: error },
  );
}
