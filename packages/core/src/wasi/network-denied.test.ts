import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime } from '../index.js';

// The calls and layouts are those of WasmEdge's socket extension, with which a guest of WasmEdge 0.14.1 reaches a server. Each export
// returns the errno of its call: 2 is `acces`, 8 is `badf` in WASI preview 1.
const client = (port: number) =>
  wat(`(module
    (import "wasi_snapshot_preview1" "sock_open" (func $open (param i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "sock_connect" (func $connect (param i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "sock_getaddrinfo" (func $look (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\\7f\\00\\00\\01")
    (data (i32.const 8) "\\00\\00\\00\\00\\04\\00\\00\\00")
    (data (i32.const 64) "localhost")
    (func (export "open") (result i32) (call $open (i32.const 1) (i32.const 2) (i32.const 32)))
    (func (export "connect") (param $descriptor i32) (result i32)
      (call $connect (local.get $descriptor) (i32.const 8) (i32.const ${port})))
    (func (export "opened") (result i32) (i32.load (i32.const 32)))
    (func (export "look") (result i32)
      (call $look (i32.const 64) (i32.const 9) (i32.const 0) (i32.const 0) (i32.const 128) (i32.const 160) (i32.const 1) (i32.const 200))))`);

forEachEngine((engine) => {
  it('keeps guests from a server that listens on this machine', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      using runtime = await createRuntime({ engine });
      const { exports } = runtime.instantiate(client(port));
      expect(exports.open?.()).toBe(2);
      expect(exports.look?.()).toBe(2);
      for (const descriptor of [exports.opened?.(), 0, 1, 3, 4, -1]) {
        expect(exports.connect?.(descriptor as number)).not.toBe(0);
      }
      expect(exports.connect?.(3)).toBe(8);
      await setTimeout(200);
      expect(connections).toBe(0);
      // The server does see who reaches it.
      await once(connect(port, '127.0.0.1').resume(), 'end');
      expect(connections).toBe(1);
    } finally {
      server.close();
    }
  });
});
