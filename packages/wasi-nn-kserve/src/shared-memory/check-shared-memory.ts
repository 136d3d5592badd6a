import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { parseServerAddress } from '../transports/server-address.js';

/**
 * Refuses memory that is shared with a server on another machine, and with any server where there is no `/dev/shm`.
 *
 * @param address a server's
 * @throws {InvalidArgumentError}
 */
export function checkSharedMemory(address: string, platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'linux') {
    throw new InvalidArgumentError(
      `Memory can be shared with a server on Linux only, not on ${platform}. Leave out "sharedMemory".`,
    );
  }
  const { host, text } = parseServerAddress(address);
  const isHere = host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
  if (!isHere) {
    throw new InvalidArgumentError(
      `Memory can be shared with a server on this machine only, and ${text} is not an address of it. Write localhost, or leave out "sharedMemory".`,
    );
  }
}
