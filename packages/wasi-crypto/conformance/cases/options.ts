import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { Guest, none, optional, out, room } from '../drive/guest.js';
import { algorithmType, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';

const { signatures, symmetric, keyExchange } = algorithmType;

export const optionCases: readonly ConformanceCase[] = [
  {
    name: 'symmetric options have the names of the specification, in any case of letters',
    source: 'measured: WasmEdge 0.14.1; WASI-Crypto specification, "Symmetric operations", "Options"',
    detects: ['options-case-sensitive'],
    async run(context) {
      const guest = await Guest.create(context);
      const options = await guest.number('options_open', symmetric, out);
      for (const name of ['context', 'salt', 'nonce', 'NONCE', 'Salt']) {
        await guest.ok('options_set', options, name, 'value');
        await guest.ok('options_set', options, name, '');
        await guest.fails('unsupported_option', 'options_set_u64', options, name, 1n);
        await guest.fails('unsupported_option', 'options_set_guest_buffer', options, name, room(16));
      }
      for (const name of ['memory_limit', 'ops_limit', 'parallelism', 'OPS_LIMIT']) {
        await guest.ok('options_set_u64', options, name, 0xffff_ffff_ffff_ffffn - 1n);
        await guest.fails('unsupported_option', 'options_set', options, name, 'value');
      }
      await guest.ok('options_set_guest_buffer', options, 'buffer', room(16));
      await guest.ok('options_set_guest_buffer', options, 'Buffer', room(0));
      await guest.fails('unsupported_option', 'options_set', options, 'buffer', 'value');
      await guest.fails('unsupported_option', 'options_set_u64', options, 'buffer', 1n);
      for (const name of ['', 'nonce ', 'non', 'n\0', 'x'.repeat(5000)]) {
        await guest.fails('unsupported_option', 'options_set', options, name, 'value');
        await guest.fails('unsupported_option', 'options_set_u64', options, name, 1n);
        await guest.fails('unsupported_option', 'options_set_guest_buffer', options, name, room(16));
      }
    },
  },
  {
    name: 'options of signatures and key exchange have no names',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const type of [signatures, keyExchange]) {
        const options = await guest.number('options_open', type, out);
        await guest.fails('unsupported_option', 'options_set', options, 'nonce', 'value');
        await guest.fails('unsupported_option', 'options_set_u64', options, 'parallelism', 1n);
        await guest.fails('unsupported_option', 'options_set_guest_buffer', options, 'buffer', room(16));
        await guest.ok('options_close', options);
      }
    },
  },
  {
    name: 'a type of algorithms is a number of 16 bits from 0 to 2',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const type of [0, 1, 2, 65_536, 65_537, 0x7fff_0002, -65_536]) {
        await guest.ok('options_open', type, out);
      }
      for (const type of [3, 4, 255, 65_535, -1]) {
        await guest.fails('unsupported_algorithm', 'options_open', type, out);
      }
    },
  },
  {
    name: 'an option that is set again has the new value, and states keep the one they were opened with',
    source: specification('Options'),
    detects: ['options-keep-first-value'],
    async run(context) {
      const guest = await Guest.create(context);
      const options = await guest.number('options_open', symmetric, out);
      const key = optional(await symmetricKey(guest, 'AES-128-GCM', Buffer.alloc(16)));
      const states = await mapInOrder(['nonce number', 'other number'], async (nonce) => {
        await guest.ok('options_set', options, 'nonce', 'of a wrong length');
        await guest.ok('options_set', options, 'nonce', nonce);
        return guest.number('symmetric_state_open', 'AES-128-GCM', key, optional(options), out);
      });
      const nonces = await mapInOrder(states, async (state) =>
        (await guest.bytes('symmetric_state_options_get', state, 'nonce', room(12), out)).toString(),
      );
      assert.deepEqual(nonces, ['nonce number', 'other number']);
    },
  },
  {
    name: 'key pairs are generated with options of their own type',
    source: specification('Options'),
    upstreamDiffers: 'WasmEdge answers invalid_handle for any options',
    detects: ['options-refused-by-keypair-generate'],
    async run(context) {
      const guest = await Guest.create(context);
      const [sign, agree] = await mapInOrder([signatures, keyExchange], async (type) =>
        optional(await guest.number('options_open', type, out)),
      );
      assert(sign !== undefined && agree !== undefined);
      await guest.ok('keypair_generate', signatures, 'Ed25519', sign, out);
      await guest.ok('keypair_generate', signatures, 'ECDSA_P256_SHA256', sign, out);
      await guest.ok('keypair_generate', keyExchange, 'X25519', agree, out);
      await guest.fails('invalid_handle', 'keypair_generate', signatures, 'Ed25519', agree, out);
      await guest.fails('invalid_handle', 'keypair_generate', keyExchange, 'X25519', sign, out);
      await guest.fails('invalid_handle', 'keypair_generate', keyExchange, 'X25519', optional(0x7701), out);
    },
  },
  {
    name: 'an optional handle is absent only where its tag is 1',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const key = await symmetricKey(guest, 'HMAC/SHA-256', 'key');
      await guest.raw.store(2048, Buffer.from('HMAC/SHA-256'));
      const record = Buffer.alloc(8);
      record.writeUInt32LE(key, 4);
      const open = async (tag: number) => {
        record.writeUInt8(tag, 0);
        await guest.raw.store(1024, record);
        await guest.raw.store(1040, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]));
        return guest.raw.call('symmetric_state_open', 2048, 12, 1024, 1040, 16);
      };
      assert.deepEqual(await mapInOrder([0, 2, 255, 1], open), [0, 0, 0, 20]);
    },
  },
  {
    name: 'closed options cannot be used',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const options = await guest.number('options_open', symmetric, out);
      await guest.ok('options_close', options);
      await guest.fails('closed', 'options_close', options);
      await guest.fails('invalid_handle', 'options_set', options, 'nonce', 'value');
      await guest.fails('invalid_handle', 'options_set_u64', options, 'parallelism', 1n);
      await guest.fails('invalid_handle', 'options_set_guest_buffer', options, 'buffer', room(16));
      await guest.fails('invalid_handle', 'symmetric_key_generate', 'HMAC/SHA-256', optional(options), out);
      await guest.ok('symmetric_key_generate', 'HMAC/SHA-256', none, out);
    },
  },
];
