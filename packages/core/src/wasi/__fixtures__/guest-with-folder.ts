import { temporaryFolder } from './temporary-folder.js';
import { WasiGuest } from './wasi-guest.js';

/** A guest with one folder, which is descriptor 3. */
export function guestWithFolder(): { guest: WasiGuest; folder: string } {
  const folder = temporaryFolder();
  return {
    folder,
    guest: new WasiGuest({
      preopens: { '/data': folder },
      stdin: 'ignore',
      stdout: 'capture',
      stderr: 'capture',
    }),
  };
}
