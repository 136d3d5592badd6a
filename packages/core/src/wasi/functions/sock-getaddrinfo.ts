import type { Caller } from '../../host-module/caller.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import { readPath, requireRange } from '../guest-data.js';
import { addressBytes } from '../ip-address.js';
import { WasiError } from '../wasi-error.js';
import type { WasiState } from '../wasi-state.js';
import { AddressFamily, Protocol, RecordSize, SocketType } from '../wasi-types.js';

// Offsets in WasmEdge's `addrinfo` and `sockaddr`, as the crate wasmedge_wasi_socket 0.4.3 lays them out.
const info = {
  family: 2,
  socketType: 3,
  protocol: 4,
  addressLength: 8,
  address: 12,
  nameLength: 20,
  next: 24,
};
const socketAddress = { family: 0, dataLength: 4, data: 8 };

/** Sizes of the system's own structures, which `ai_addrlen` tells. */
const addressLength = { [AddressFamily.inet4]: 16, [AddressFamily.inet6]: 28 };
/** Behind the port, an IPv6 address has four bytes of flow information before it and four of scope after it. */
const dataLength = { [AddressFamily.inet4]: 6, [AddressFamily.inet6]: 26 };

const ports: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
]);
// Longer than any list of addresses that a resolver gives.
const maxResults = 1024;
const longestText = 1024;

/** Answers a look-up that a policy allows: fills the chain of records that the guest has made. */
export function lookUpAddresses(
  { sockets }: WasiState,
  { memory }: Caller,
  node: number,
  nodeLength: number,
  service: number,
  serviceLength: number,
  hints: number,
  result: number,
  most: number,
  count: number,
): void {
  if (sockets.length === 0) throw new WasiError('acces');
  requireRange(memory, result, 4);
  requireRange(memory, count, 4);
  requireRange(memory, hints, RecordSize.addressInfo);
  const wanted = memory.readU8((hints >>> 0) + info.family);
  const type = memory.readU8((hints >>> 0) + info.socketType);
  if (type !== SocketType.any && type !== SocketType.stream) throw new WasiError('acces');
  const host = readText(memory, node, nodeLength);
  const port = portOf(readText(memory, service, serviceLength));
  const found = firstAnswer(sockets, host);
  if (found === undefined) throw new WasiError('acces');

  let record = memory.readU32(result);
  let written = 0;
  for (const address of found) {
    if (written >= Math.min(most >>> 0, maxResults)) break;
    const bytes = addressBytes(address);
    if (bytes === undefined) continue;
    const family = bytes.byteLength === 4 ? AddressFamily.inet4 : AddressFamily.inet6;
    if (wanted !== AddressFamily.unspecified && wanted !== family) continue;
    if (!writeRecord(memory, record, family, bytes, port)) continue;
    written += 1;
    record = memory.readU32(record + info.next);
  }
  if (written === 0) throw new WasiError('noent');
  memory.writeU32(count, written);
}

function firstAnswer(sockets: WasiState['sockets'], host: string): readonly string[] | undefined {
  for (const policy of sockets) {
    const found = policy.lookUp(host);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The crates put a zero behind the text and count it. */
function readText(memory: GuestMemory, pointer: number, length: number): string {
  requireRange(memory, pointer, length);
  if (length >>> 0 > longestText) throw new WasiError('nametoolong');
  let end = length >>> 0;
  while (end > 0 && memory.readU8((pointer >>> 0) + end - 1) === 0) end -= 1;
  return readPath(memory, pointer, end);
}

function portOf(service: string): number {
  const port = /^[0-9]{1,5}$/.test(service) ? Number(service) : (ports.get(service) ?? 0);
  if (port > 65535) throw new WasiError('inval');
  return port;
}

/** Fills one record; returns false when the guest has left too little room for this family. */
function writeRecord(
  memory: GuestMemory,
  record: number,
  family: 1 | 2,
  address: Uint8Array,
  port: number,
): boolean {
  requireRange(memory, record, RecordSize.addressInfo);
  const target = memory.readU32(record + info.address);
  requireRange(memory, target, RecordSize.socketAddress);
  const data = memory.readU32(target + socketAddress.data);
  if (memory.readU32(target + socketAddress.dataLength) < dataLength[family]) return false;
  requireRange(memory, data, dataLength[family]);
  memory.writeU8(record + info.family, family);
  memory.writeU8(record + info.socketType, SocketType.stream);
  memory.writeU8(record + info.protocol, Protocol.tcp);
  memory.writeU32(record + info.addressLength, addressLength[family]);
  memory.writeU32(record + info.nameLength, 0);
  memory.writeU8(target + socketAddress.family, family);
  memory.fill(data, dataLength[family], 0);
  // The port is in the network's order, as everything in here.
  memory.write(data, Uint8Array.of(port >> 8, port & 255));
  memory.write(data + (family === AddressFamily.inet4 ? 2 : 6), address);
  return true;
}
