import { describe, expect, it } from 'vitest';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { ArrayOutput } from '../array-output.js';
import { SecretBuffer } from '../secret-buffer.js';

const text = 'sixteen bytes...';
const newOutput = (guest: FakeGuest, bytes = text) =>
  guest.get('symmetric_key_export', guest.get('symmetric_key_import', 'HMAC/SHA-256', bytes));

describe('array_output_pull', () => {
  it.each([[16], [17], [100], [1], [3], [5], [7], [8], [15]])(
    'gives every byte once in pulls of %i',
    (size) => {
      const guest = new FakeGuest();
      const handle = newOutput(guest);
      let received = '';
      for (let pulls = 0; ; pulls += 1) {
        expect(guest.get('array_output_len', handle)).toBe(16);
        const pointer = guest.room(size);
        const count = guest.get('array_output_pull', handle, pointer, size);
        received += guest.memory.readString(pointer, count);
        if (count === 0) {
          expect(pulls).toBe(Math.ceil(16 / size));
          break;
        }
        expect(count).toBe(Math.min(size, 16 - pulls * size));
      }
      expect(received).toBe(text);
      expect(guest.ask('array_output_pull', handle, 0, 100)).toBe('invalid_handle');
      expect(guest.ask('array_output_len', handle)).toBe('invalid_handle');
    },
  );

  it('leaves an output as it is when nothing is taken', () => {
    const guest = new FakeGuest();
    const handle = newOutput(guest);
    expect(guest.get('array_output_pull', handle, 0, 0)).toBe(0);
    expect(guest.output(handle)).toBe(Buffer.from(text).toString('hex'));
  });

  it('takes nothing when a pointer is bad', () => {
    const guest = new FakeGuest();
    const handle = newOutput(guest);
    const size = guest.memory.byteLength;
    expect(guest.ask('array_output_pull', handle, size - 15, 16)).toBe('algorithm_failure');
    expect(guest.call('array_output_pull', handle, 0, 16, size - 3)).toBe('algorithm_failure');
    expect(guest.output(handle)).toBe(Buffer.from(text).toString('hex'));
  });

  it('ends an empty output with the first pull', () => {
    const guest = new FakeGuest();
    const handle = newOutput(guest, '');
    expect(guest.get('array_output_len', handle)).toBe(0);
    expect(guest.get('array_output_pull', handle, 0, 10)).toBe(0);
    expect(guest.ask('array_output_pull', handle, 0, 10)).toBe('invalid_handle');
  });

  it('costs no handle once everything was taken, also when the guest does not ask for the end', () => {
    const guest = new FakeGuest({ maxHandles: 3, maxStoredBytes: 1000 });
    const key = guest.get('symmetric_key_import', 'HMAC/SHA-256', text);
    for (let round = 0; round < 1000; round += 1) {
      const handle = guest.get('symmetric_key_export', key);
      expect(guest.get('array_output_pull', handle, 0, 16)).toBe(16);
    }
  });
});

describe('options', () => {
  it('have names by type, in any case', () => {
    const guest = new FakeGuest();
    const [signatures, symmetric, kx] = [0, 1, 2].map((type) => guest.get('options_open', type)) as [
      number,
      number,
      number,
    ];
    for (const name of ['context', 'SALT', 'Nonce']) {
      expect(guest.call('options_set', symmetric, name, 'value')).toBe('success');
      expect(guest.call('options_set', symmetric, name, 'another value')).toBe('success');
    }
    for (const name of ['memory_limit', 'Ops_limit', 'PARALLELISM']) {
      expect(guest.call('options_set_u64', symmetric, name, -1n)).toBe('success');
    }
    expect(guest.call('options_set_guest_buffer', symmetric, 'Buffer', 0, 1000)).toBe('success');
    expect(guest.call('options_set_guest_buffer', symmetric, 'nonce', 0, 1000)).toBe('unsupported_option');
    expect(guest.call('options_set_u64', symmetric, 'nonce', 0n)).toBe('unsupported_option');
    for (const name of ['', 'memory_limit', 'nonc', 'x'.repeat(1000)]) {
      expect(guest.call('options_set', symmetric, name, 'value')).toBe('unsupported_option');
    }
    for (const handle of [signatures, kx]) {
      expect(guest.call('options_set', handle, 'nonce', 'value')).toBe('unsupported_option');
      expect(guest.call('options_set_u64', handle, 'parallelism', 1n)).toBe('unsupported_option');
      expect(guest.call('options_set_guest_buffer', handle, 'buffer', 0, 1)).toBe('unsupported_option');
    }
  });

  it('have a type of three, of which the low 16 bits count', () => {
    const guest = new FakeGuest();
    expect(guest.ask('options_open', 0x1_0001)).toBe(0x101);
    expect(guest.ask('options_open', 3)).toBe('unsupported_algorithm');
    expect(guest.ask('options_open', -1)).toBe('unsupported_algorithm');
  });

  it('can be closed once', () => {
    const guest = new FakeGuest();
    const handle = guest.get('options_open', 1);
    expect(guest.call('options_close', handle)).toBe('success');
    expect(guest.call('options_close', handle)).toBe('closed');
    expect(guest.call('options_set', handle, 'nonce', '')).toBe('invalid_handle');
  });

  it('hold no more than the runtime allows', () => {
    const guest = new FakeGuest({ maxHandles: 10, maxStoredBytes: 1000 });
    const handle = guest.get('options_open', 1);
    for (let round = 0; round < 20; round += 1) {
      expect(guest.call('options_set', handle, 'salt', 'x'.repeat(400))).toBe('success');
    }
    expect(guest.call('options_set', handle, 'context', 'x'.repeat(700))).toBe('algorithm_failure');
    guest.call('options_close', handle);
    const state = guest.open('HKDF-EXTRACT/SHA-256', new Uint8Array(10));
    expect(guest.call('symmetric_state_absorb', state, 'x'.repeat(600))).toBe('success');
    expect(guest.call('symmetric_state_absorb', state, 'x'.repeat(300))).toBe('success');
    expect(guest.call('symmetric_state_absorb', state, 'x'.repeat(300))).toBe('overflow');
  });
});

it('gives every byte of an output whose number was used before', () => {
  const guest = new FakeGuest();
  const first = newOutput(guest);
  guest.output(first);
  const { arrayOutputs } = guest.state;
  const nothing = new ArrayOutput(new SecretBuffer(guest.state.bytes));
  // The counter of a handle has 24 bits and leaves out 0.
  for (let count = 1; count < 0xff_ffff; count += 1) {
    arrayOutputs.close(arrayOutputs.add(nothing));
  }
  const again = newOutput(guest, 'other bytes');
  expect(again).toBe(first);
  expect(guest.get('array_output_len', again)).toBe(11);
  expect(guest.output(again)).toBe(Buffer.from('other bytes').toString('hex'));
  expect(guest.get('array_output_pull', again, 0, 100)).toBe(0);
});
