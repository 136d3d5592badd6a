import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { Guest, none, out } from '../drive/guest.js';
import { closing, newObjects, uses } from '../drive/live-objects.js';
import { generateKeyPair, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';

export const handleCases: readonly ConformanceCase[] = [
  {
    name: 'a handle is its kind in the low byte, and a counter from 1 for each kind in the others',
    source: measured,
    detects: ['handles-count-together'],
    async run(context) {
      const guest = await Guest.create(context);
      const firsts = await newObjects(guest);
      for (const [kind, handle] of Object.entries(firsts)) {
        assert.equal(handle & 0xff, Number(kind));
      }
      assert.equal(firsts[0x01], 0x101);
      assert.equal(await guest.number('options_open', 0, out), 0x201);
      assert.equal(firsts[0x05], 0x105);
      assert.equal(await generateKeyPair(guest, 0, 'Ed25519'), 0x205);
      assert.equal(firsts[0x0a], 0x10a);
    },
  },
  {
    name: 'a handle that was closed is not given again',
    source: measured,
    detects: ['handles-are-reused'],
    async run(context) {
      const guest = await Guest.create(context);
      const seen = new Set<number>();
      for (let round = 0; round < 50; round += 1) {
        const handle = await guest.number('options_open', 1, out);
        assert(!seen.has(handle));
        seen.add(handle);
        await guest.ok('options_close', handle);
      }
    },
  },
  {
    name: 'a handle is closed once',
    source: 'measured: WasmEdge 0.14.1; WASI-Crypto specification, "Errors": closed',
    detects: ['wrong-error-of-closing', 'close-does-nothing'],
    async run(context) {
      const guest = await Guest.create(context);
      const objects = await newObjects(guest);
      for (const [kind, name] of closing.filter(([each]) => each !== 0x04 && each !== 0x05)) {
        const handle = objects[kind] ?? 0;
        await guest.ok(name, handle);
        await guest.fails('closed', name, handle);
      }
    },
  },
  {
    name: 'a key pair and a secret key are closed once',
    source: 'WASI-Crypto specification, "Errors": closed',
    upstreamDiffers: 'WasmEdge answers algorithm_failure for these two',
    detects: ['closing-keys-again-is-failure'],
    async run(context) {
      const guest = await Guest.create(context);
      const pair = await generateKeyPair(guest, 0, 'Ed25519');
      const secret = await guest.number('keypair_secretkey', pair, out);
      for (const [name, handle] of [
        ['keypair_close', pair],
        ['secretkey_close', secret],
      ] as const) {
        await guest.ok(name, handle);
        await guest.fails('closed', name, handle);
      }
    },
  },
  {
    name: 'what never was a handle of the kind cannot be closed',
    source: 'WASI-Crypto specification, "Errors": invalid_handle',
    upstreamDiffers: 'WasmEdge answers closed, or algorithm_failure for key pairs and secret keys',
    detects: ['unassigned-handle-is-closed'],
    async run(context) {
      const guest = await Guest.create(context);
      const objects = await newObjects(guest);
      for (const [kind, name] of closing) {
        for (const never of [0x7f_ff00 | kind, kind, 0, (objects[kind] ?? 0) ^ 1]) {
          await guest.fails('invalid_handle', name, never);
        }
      }
    },
  },
  {
    name: 'a closed handle cannot be used',
    source: measured,
    detects: ['close-does-nothing'],
    async run(context) {
      const guest = await Guest.create(context);
      const objects = await newObjects(guest);
      for (const [kind, name] of closing) {
        const handle = objects[kind] ?? 0;
        await guest.ok(name, handle);
        for (const use of uses(guest, kind, handle)) {
          assert.equal(await use(), 15, `using a handle of kind ${kind} after ${name}, in ${use}`);
        }
      }
    },
  },
  {
    name: 'a handle of another kind cannot be used',
    source: measured,
    detects: ['handle-kind-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const objects = await newObjects(guest);
      for (const [kind] of closing) {
        for (const [other, handle] of Object.entries(objects)) {
          if (Number(other) !== kind) {
            for (const use of uses(guest, kind, handle)) {
              assert.equal(await use(), 15, `a handle of kind ${other} as one of kind ${kind}, in ${use}`);
            }
          }
        }
      }
    },
  },
  {
    name: 'a handle of a guest is nothing to another guest in the same runtime',
    source: 'this plug-in: handles end with their guest',
    upstreamDiffers: 'WasmEdge shares handles between all guests of a process',
    detects: ['guests-alike'],
    async run(context) {
      const [guest, other] = await Guest.two(context);
      const objects = await newObjects(guest);
      for (const [kind, name] of closing) {
        const handle = objects[kind] ?? 0;
        for (const use of uses(other, kind, handle)) {
          assert.equal(await use(), 15, `using a handle of kind ${kind} of another guest, in ${use}`);
        }
        await other.fails('invalid_handle', name, handle);
        await guest.ok(name, handle);
      }
    },
  },
  {
    name: 'what was made from a key outlives it',
    source: 'WASI-Crypto specification, "Handles"',
    async run(context) {
      const guest = await Guest.create(context);
      const keyPair = await generateKeyPair(guest, 0, 'ECDSA_P256_SHA256');
      const publicKey = await guest.number('keypair_publickey', keyPair, out);
      const secretKey = await guest.number('keypair_secretkey', keyPair, out);
      const signing = await guest.number('signature_state_open', keyPair, out);
      const verifying = await guest.number('signature_verification_state_open', publicKey, out);
      await guest.ok('keypair_close', keyPair);
      await guest.ok('publickey_close', publicKey);
      assert.equal((await guest.output('secretkey_export', secretKey, 0)).byteLength, 32);
      await guest.ok('signature_state_update', signing, 'message');
      const signature = await guest.number('signature_state_sign', signing, out);
      await guest.ok('signature_verification_state_update', verifying, 'message');
      await guest.ok('signature_verification_state_verify', verifying, signature);
    },
  },
  {
    name: 'a handle belongs to the runtime that it was made in',
    source: specification('Handles'),
    upstreamDiffers: 'WasmEdge shares handles between all runtimes of a process',
    async run(context) {
      const [one, other] = [await Guest.create(context), await Guest.create(context)];
      const key = await symmetricKey(one, 'HMAC/SHA-256', 'key');
      await other.fails('invalid_handle', 'symmetric_key_export', key, out);
      await other.fails('invalid_handle', 'symmetric_key_close', key);
      assert.equal(await symmetricKey(other, 'HMAC/SHA-256', 'other'), key);
      assert.equal((await one.output('symmetric_key_export', key)).toString(), 'key');
    },
  },
  {
    name: 'only so many handles are open at once, and closing one makes room',
    source: 'WASI-Crypto specification, "Errors": too_many_handles',
    upstreamDiffers: 'WasmEdge has no bound',
    detects: ['unbounded-handles'],
    async run(context) {
      const guest = await Guest.create(context, { maxHandles: 5 });
      const handles = await mapInOrder(Array.from({ length: 5 }), () => guest.number('options_open', 1, out));
      await guest.fails('too_many_handles', 'options_open', 1, out);
      await guest.fails('too_many_handles', 'symmetric_key_import', 'HMAC/SHA-256', 'key', out);
      await guest.fails('too_many_handles', 'keypair_generate', 0, 'Ed25519', none, out);
      await guest.fails('too_many_handles', 'symmetric_state_open', 'SHA-256', none, none, out);
      await guest.ok('options_close', handles[2] ?? 0);
      await guest.ok('symmetric_state_open', 'SHA-256', none, none, out);
      await guest.fails('too_many_handles', 'options_open', 1, out);
    },
  },
  {
    name: 'a guest makes the host hold only so many bytes, and closing makes room',
    source: 'WASI-Crypto specification, "Errors": algorithm_failure where the host runs out of memory',
    upstreamDiffers: 'WasmEdge has no bound',
    detects: ['unbounded-bytes'],
    async run(context) {
      const guest = await Guest.create(context, { maxStoredBytes: 100_000 });
      const bytes = Buffer.alloc(40_000);
      const first = await symmetricKey(guest, 'HMAC/SHA-256', bytes);
      await symmetricKey(guest, 'HMAC/SHA-256', bytes);
      await guest.fails('algorithm_failure', 'symmetric_key_import', 'HMAC/SHA-256', bytes, out);
      await guest.fails('algorithm_failure', 'symmetric_key_export', first, out);
      const options = await guest.number('options_open', 1, out);
      await guest.fails('algorithm_failure', 'options_set', options, 'salt', bytes);
      await guest.ok('symmetric_key_close', first);
      await guest.ok('options_set', options, 'salt', bytes);
    },
  },
];
