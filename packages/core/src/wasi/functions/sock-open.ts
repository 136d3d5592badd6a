import type { Caller } from '../../host-module/caller.js';
import { SilentSocket } from '../descriptors/silent-socket.js';
import { requireRange } from '../guest-data.js';
import { WasiError } from '../wasi-error.js';
import type { WasiState } from '../wasi-state.js';
import { AddressFamily, SocketType } from '../wasi-types.js';

/** Opens a TCP socket, if there is any policy that could allow it to be connected. */
export function openSocket(
  { descriptors, sockets }: WasiState,
  { memory }: Caller,
  family: number,
  type: number,
  result: number,
): void {
  if (sockets.length === 0 || type !== SocketType.stream) throw new WasiError('acces');
  if (family !== AddressFamily.inet4 && family !== AddressFamily.inet6) throw new WasiError('acces');
  requireRange(memory, result, 4);
  memory.writeU32(
    result,
    descriptors.add(() => new SilentSocket(family)),
  );
}
