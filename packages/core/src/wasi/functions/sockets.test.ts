import { expect, it } from 'vitest';
import { forEachEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime, hostModule, type Plugin, type SocketPolicy } from '../../index.js';
import { ACCES, BADF, FAULT, INVAL, NAMETOOLONG, NOENT, NOTSOCK } from '../__fixtures__/preview1.js';

// Layouts and numbers are those of the crate wasmedge_wasi_socket 0.4.3: `WasiAddrinfo` has 28 bytes, `WasiSockaddr` 12, `WasiAddress` is a pointer and a
// size; family 1 is IPv4, 2 is IPv6; type 2 is a stream. 30 is `isconn` in preview 1.
const ISCONN = 30;
const hints = 512;
const first = 1024;
const guest = wat(`(module
  (import "wasi_snapshot_preview1" "sock_open" (func $open (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_connect" (func $connect (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_shutdown" (func $shutdown (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv" (func $recv (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_getaddrinfo" (func $look (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "open") (param i32 i32 i32) (result i32) (call $open (local.get 0) (local.get 1) (local.get 2)))
  (func (export "connect") (param i32 i32 i32) (result i32) (call $connect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "shutdown") (param i32) (result i32) (call $shutdown (local.get 0) (i32.const 3)))
  (func (export "send") (param i32) (result i32) (call $send (local.get 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)))
  (func (export "recv") (param i32) (result i32) (call $recv (local.get 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "read") (param i32) (result i32) (call $read (local.get 0) (i32.const 40) (i32.const 1) (i32.const 48)))
  (func (export "write") (param i32) (result i32) (call $write (local.get 0) (i32.const 40) (i32.const 1) (i32.const 48)))
  (func (export "close") (param i32) (result i32) (call $close (local.get 0)))
  (func (export "look") (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (call $look (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7))))`);

const policy: SocketPolicy = {
  lookUp: (host) => ({ 'two.example': ['2001:db8::7', '192.0.2.7', '192.0.2.8'], 'none.example': [] })[host],
  connect: (address, port) => (address === '192.0.2.7' || address === '2001:db8::7') && port === 443,
};

const plugin = (name: string, sockets?: SocketPolicy): Plugin => ({
  name,
  provider: 'embedded',
  moduleNames: [name],
  create: () => ({ modules: [hostModule(name, {})], sockets }),
});

forEachEngine((engine) => {
  async function start(...plugins: Plugin[]) {
    const runtime = await createRuntime({ engine, plugins });
    const instance = runtime.instantiate(guest);
    const { exports } = instance;
    const memory = instance.exportedMemory('memory');
    const call = (name: string, ...args: number[]) => exports[name]?.(...args);
    const open = (family = 1, type = 2) => (call('open', family, type, 32) === 0 ? memory.readU32(32) : -1);

    /** Calls look-up with a chain of `records`, as the crate makes it. */
    function look(host: string, { service = '', records = 3, room = 14, family = 1 } = {}) {
      memory.fill(hints, 32768, 0);
      memory.writeU8(hints + 2, family);
      memory.writeU8(hints + 3, 2);
      for (let index = 0; index < records; index += 1) {
        const record = first + 100 * index;
        memory.writeU32(record + 12, record + 28);
        memory.writeU32(record + 28 + 4, room);
        memory.writeU32(record + 28 + 8, record + 40);
        memory.writeU32(record + 24, index + 1 < records ? record + 100 : 0);
      }
      memory.writeU32(36, first);
      const length = memory.writeString(64, `${host}\0`);
      const serviceLength = memory.writeString(400, `${service}\0`);
      return call('look', 64, length, 400, serviceLength, hints, 36, records, 48);
    }

    /** Family, length and port and address of each record that was filled. */
    const answers = () =>
      Array.from({ length: memory.readU32(48) }, (_, index) => {
        const record = first + 100 * index;
        return [
          memory.readU8(record + 28),
          memory.readU32(record + 8),
          [...memory.read(record + 40, memory.readU8(record + 28) === 1 ? 6 : 26)],
        ];
      });

    /** Points at an address and connects to it. */
    function connect(fd: number, address: readonly number[], port: number) {
      memory.writeU32(40, 56);
      memory.writeU32(44, address.length);
      memory.write(56, Uint8Array.from(address));
      return call('connect', fd, 40, port);
    }
    return { runtime, memory, call, open, look, answers, connect };
  }

  it('looks up what a policy allows, in the records that the guest has made', async () => {
    const { runtime, look, answers } = await start(plugin('a'), plugin('b', policy));
    expect(look('two.example')).toBe(0);
    expect(answers()).toEqual([
      [1, 16, [0, 0, 192, 0, 2, 7]],
      [1, 16, [0, 0, 192, 0, 2, 8]],
    ]);
    expect(look('two.example', { service: 'https', records: 1 })).toBe(0);
    expect(answers()).toEqual([[1, 16, [1, 187, 192, 0, 2, 7]]]);
    expect(look('two.example', { service: '8443', family: 0, room: 26 })).toBe(0);
    expect(answers()[0]).toEqual([
      2,
      28,
      [0x20, 0xfb, 0, 0, 0, 0, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0],
    ]);
    // The crate leaves too little room for IPv6.
    expect(look('two.example', { family: 2 })).toBe(NOENT);
    expect(look('none.example')).toBe(NOENT);
    expect(look('other.example')).toBe(ACCES);
    runtime[Symbol.dispose]();
  });

  it('connects to what a policy allows, with a socket that carries nothing', async () => {
    const { runtime, call, open, connect } = await start(plugin('a', policy));
    const socket = open();
    expect(socket).toBe(3);
    expect(connect(socket, [192, 0, 2, 8], 443)).toBe(ACCES);
    expect(connect(socket, [192, 0, 2, 7], 80)).toBe(ACCES);
    expect(connect(socket, [192, 0, 2, 7], 65536 + 443)).toBe(INVAL);
    expect(connect(socket, [192, 0, 2], 443)).toBe(INVAL);
    expect(connect(socket, [192, 0, 2, 7], 443)).toBe(0);
    expect(connect(socket, [192, 0, 2, 7], 443)).toBe(ISCONN);
    for (const name of ['send', 'recv', 'read', 'write']) {
      expect(call(name, socket)).toBe(ACCES);
    }
    expect(call('shutdown', socket)).toBe(0);
    expect(call('close', socket)).toBe(0);
    expect(call('shutdown', socket)).toBe(BADF);
    const sixth = open(2);
    expect(connect(sixth, [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], 443)).toBe(0);
    runtime[Symbol.dispose]();
  });

  it('refuses everything else', async () => {
    const { runtime, memory, call, open, connect, look } = await start(plugin('a', policy));
    expect([open(1, 1), open(0), open(3)]).toEqual([-1, -1, -1]);
    expect(connect(1, [192, 0, 2, 7], 443)).toBe(NOTSOCK);
    expect(connect(99, [192, 0, 2, 7], 443)).toBe(BADF);
    expect(call('open', 1, 2, memory.byteLength - 3)).toBe(FAULT);
    expect(look('two.example')).toBe(0);
    expect(call('look', 64, 0x7fffffff, 400, 1, hints, 36, 1, 48)).toBe(FAULT);
    expect(call('look', 64, 60000, 400, 1, hints, 36, 1, 48)).toBe(NAMETOOLONG);
    memory.writeU32(36, memory.byteLength - 27);
    expect(call('look', 64, 11, 400, 1, hints, 36, 1, 48)).toBe(FAULT);
    runtime[Symbol.dispose]();
    const denied = await start(plugin('a'));
    expect(denied.open()).toBe(-1);
    expect(denied.look('two.example')).toBe(ACCES);
    denied.runtime[Symbol.dispose]();
  });

  it('answers an errno to every hostile argument', async () => {
    const { runtime, call, open } = await start(plugin('a', policy));
    const hostile = [0, 1, 4, 32, 64, 1024, 65508, 65536, 0x7fffffff, -1, -28];
    const socket = open();
    for (let round = 0; round < 3000; round += 1) {
      const any = (index: number) =>
        hostile[(round * 7919 + index * 104729 + index * round) % hostile.length] ?? 0;
      const results = [
        call('look', any(1), any(2), any(3), any(4), any(5), any(6), any(7), any(8)),
        call('connect', socket, any(1), any(2)),
        call('open', any(1), any(2), any(3)),
      ];
      expect(results.every((result) => Number(result) >= 0 && Number(result) < 77)).toBe(true);
    }
    runtime[Symbol.dispose]();
  });
});
