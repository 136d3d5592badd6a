import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.js';
import { type GuestSurroundings, WasiGuest } from './wasi-guest.js';

/** A guest with one folder, which is descriptor 3 and lies in another one that the guest must not reach. */
export function guestWithFolder(surroundings?: GuestSurroundings): {
  guest: WasiGuest;
  folder: string;
  outside: string;
} {
  const outside = temporaryFolder();
  const folder = path.join(outside, 'inside');
  mkdirSync(folder);
  const guest = new WasiGuest(
    { preopens: { '/data': folder }, stdin: 'ignore', stdout: 'capture', stderr: 'capture' },
    surroundings,
  );
  return { guest, folder, outside };
}
