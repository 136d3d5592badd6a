import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import { SilentSocket } from '../descriptors/silent-socket.js';
import { requireRange } from '../guest-data.js';
import { formatIpv4, formatIpv6 } from '../ip-address.js';
import { WasiError } from '../wasi-error.js';
import type { WasiState } from '../wasi-state.js';
import { AddressFamily, RecordSize } from '../wasi-types.js';

/** Lets a socket pass for connected, if a policy allows the address. Nothing is sent. */
export function connectSocket(
  state: WasiState,
  { memory }: Caller,
  fd: number,
  address: number,
  port: number,
): void {
  const socket = SilentSocket.at(state, fd);
  if (socket.connected) throw new WasiError('isconn');
  const text = readAddress(memory, address, socket.family);
  if (port < 0 || port > 65535) throw new WasiError('inval');
  if (!state.sockets.some((policy) => policy.connect(text, port))) throw new WasiError('acces');
  socket.connected = true;
}

/** WasmEdge's `address`: a pointer and a size, which is 4 for IPv4 and 16 for IPv6. */
function readAddress(memory: GuestMemory, pointer: number, family: number): string {
  requireRange(memory, pointer, RecordSize.addressBuffer);
  const bytes = memory.readU32(pointer);
  const size = memory.readU32((pointer >>> 0) + 4);
  if (size !== (family === AddressFamily.inet4 ? 4 : 16)) throw new WasiError('inval');
  requireRange(memory, bytes, size);
  return memory.borrow(bytes, size, family === AddressFamily.inet4 ? formatIpv4 : formatIpv6);
}
