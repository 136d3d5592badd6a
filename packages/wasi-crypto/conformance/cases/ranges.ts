import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, optional, out } from '../drive/guest.js';
import { aeadState, nonceOptions } from '../drive/operations.js';
import { badPointers, expectRangeErrors, goodCalls, managedCalls } from '../drive/range-calls.js';
import { functionNames, memorySize } from '../drive/raw-calls.js';

const source = 'measured: WasmEdge 0.14.1, every range error is algorithm_failure';

export const rangeCases: readonly ConformanceCase[] = [
  {
    name: 'a pointer that is not all in the memory is an error of every function, and nothing is written',
    source,
    detects: ['range-error-is-guest-error'],
    async run(context) {
      const guest = await Guest.create(context);
      await expectRangeErrors(guest, await goodCalls(guest));
    },
  },
  {
    name: 'a pointer of a managed key that is not all in the memory is an error',
    source,
    upstreamDiffers: 'WasmEdge answers not_implemented',
    detects: ['range-error-is-guest-error'],
    async run(context) {
      const guest = await Guest.create(context);
      await expectRangeErrors(guest, await managedCalls(guest));
    },
  },
  {
    name: 'a function that failed for its pointers has used nothing up',
    source,
    async run(context) {
      const guest = await Guest.create(context);
      const state = await aeadState(guest, 'AES-128-GCM', Buffer.alloc(16), Buffer.alloc(12));
      for (const bad of badPointers(1)) {
        assert.equal(await guest.raw.call('symmetric_state_encrypt', state, 4096, 32, bad, 16, 16), 12);
        assert.equal(await guest.raw.call('symmetric_state_encrypt', state, bad, 32, 4096, 16, 16), 12);
        assert.equal(await guest.raw.call('symmetric_state_encrypt', state, 4096, 32, 4096, 16, bad), 12);
      }
      assert.equal(await guest.raw.call('symmetric_state_encrypt', state, 4096, 32, 8192, 16, 16), 0);
    },
  },
  {
    name: 'the first and the last byte of the memory can be used, and memory that grew',
    source,
    async run(context) {
      const guest = await Guest.create(context);
      const state = await guest.number('symmetric_state_open', 'SHA-256', none, none, out);
      assert.equal(await guest.raw.call('symmetric_state_absorb', state, 0, memorySize), 0);
      assert.equal(await guest.raw.call('symmetric_state_absorb', state, memorySize, 0), 0);
      assert.equal(await guest.raw.call('symmetric_state_squeeze', state, memorySize - 32, 32), 0);
      assert.equal(await guest.raw.call('symmetric_state_squeeze', state, 0, 32), 0);
      assert.deepEqual(await guest.raw.load(0, 32), await guest.raw.load(memorySize - 32, 32));
      assert.equal(await guest.raw.call('symmetric_state_squeeze', state, memorySize - 16, 32), 12);
      assert.equal(await guest.raw.grow(1), 2);
      assert.equal(await guest.raw.call('symmetric_state_squeeze', state, memorySize - 16, 32), 0);
      assert.deepEqual(await guest.raw.load(0, 32), await guest.raw.load(memorySize - 16, 32));
    },
  },
  {
    name: 'pointers need no alignment',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const guest = await Guest.create(context);
      await guest.raw.store(5001, Buffer.from('SHA-256'));
      await guest.raw.store(3001, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]));
      assert.equal(await guest.raw.call('symmetric_state_open', 5001, 7, 3001, 3001, 1003), 0);
      const handle = (await guest.raw.load(1003, 4)).readUInt32LE();
      assert.equal(await guest.raw.call('symmetric_state_squeeze', handle, 2001, 32), 0);
      const nonce = await nonceOptions(guest, Buffer.alloc(12));
      await guest.ok('symmetric_key_generate', 'AES-128-GCM', optional(nonce), out);
    },
  },
  {
    name: 'a guest without memory gets algorithm_failure where memory is needed',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const runtime = await context.createRuntime();
      const { exports } = await runtime.instantiate(context.guest('no-memory'));
      for (const name of functionNames.filter((each) => !withoutMemory.includes(each))) {
        const errno = await exports[name]?.();
        if (/managed|secrets_manager|_id$/.test(name)) {
          // WasmEdge has no managed keys.
          assert(errno === 12 || errno === 2, `${name} answers ${errno}`);
        } else {
          assert.equal(errno, 12, name);
        }
      }
    },
  },
];

/** Functions that take nothing but handles. */
const withoutMemory = functionNames.filter(
  (name) => name.endsWith('_close') || /^(publickey_verify|symmetric_state_ratchet|.*_verify)$/.test(name),
);
