import { Buffer } from 'node:buffer';
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeGuest } from '../__fixtures__/fake-guest.js';

const hex = (digits: string) => Buffer.from(digits, 'hex');

/** The tag of what a state absorbed. */
function tagOf(guest: FakeGuest, state: number, length: number): string {
  const pointer = guest.room(length);
  guest.get('symmetric_tag_pull', guest.get('symmetric_state_squeeze_tag', state), pointer, length);
  return guest.hex(pointer, length);
}

describe('hash functions', () => {
  // The examples of FIPS 180-4 for the message "abc".
  it.each([
    ['SHA-256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'SHA-384',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    ],
    [
      'sha-512',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
    ['SHA-512/256', '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23'],
  ])('%s gives the digest of FIPS 180-4', (algorithm, digest) => {
    const guest = new FakeGuest();
    const state = guest.open(algorithm);
    guest.call('symmetric_state_absorb', state, 'a');
    guest.call('symmetric_state_absorb', state, 'bc');
    expect(guest.squeeze(state, digest.length / 2)).toBe(digest);
    expect(guest.squeeze(state, 5)).toBe(digest.slice(0, 10));
    expect(guest.squeeze(state, 0)).toBe('');
    expect(guest.squeeze(state, digest.length / 2 + 1)).toBe('invalid_length');
  });

  it('goes on after a digest, and in a clone', () => {
    const guest = new FakeGuest();
    const state = guest.open('SHA-384');
    guest.call('symmetric_state_absorb', state, 'one');
    const clone = guest.get('symmetric_state_clone', state);
    guest.squeeze(state, 48);
    guest.call('symmetric_state_absorb', state, 'two');
    guest.call('symmetric_state_absorb', clone, 'three');
    const digest = (text: string) => createHash('sha384').update(text).digest('hex');
    expect([guest.squeeze(state, 48), guest.squeeze(clone, 48)]).toEqual([
      digest('onetwo'),
      digest('onethree'),
    ]);
  });

  // The expected digests are node:crypto's, of the whole message at once.
  it.each(['SHA-256', 'SHA-384', 'SHA-512', 'SHA-512/256'])(
    '%s gives the same digest however long the pieces are, before and after each of them, and in clones',
    (algorithm) => {
      const message = randomBytes(20_000);
      const digest = (length: number) =>
        createHash(algorithm.toLowerCase().replace('sha-', 'sha').replace('/', '-'))
          .update(message.subarray(0, length))
          .digest('hex');
      for (const pieces of [[64], [0, 64, 1], [4095, 1, 1], [4096, 1], [4097, 3], [3000, 3000, 14_000]]) {
        const guest = new FakeGuest();
        const state = guest.open(algorithm);
        let length = 0;
        for (const piece of pieces) {
          guest.call('symmetric_state_absorb', state, message.subarray(length, length + piece));
          length += piece;
          const clone = guest.get('symmetric_state_clone', state);
          const wanted = digest(length);
          expect(guest.squeeze(state, wanted.length / 2)).toBe(wanted);
          expect(guest.squeeze(clone, wanted.length / 2)).toBe(wanted);
          guest.call('symmetric_state_absorb', clone, 'more');
          guest.call('symmetric_state_close', clone);
          expect(guest.squeeze(state, 5)).toBe(wanted.slice(0, 10));
        }
      }
    },
  );

  it('needs none of the bound on what is stored, and leaves it as it was', () => {
    const guest = new FakeGuest({ maxHandles: 10, maxStoredBytes: 100 });
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    for (let round = 0; round < 3; round++) {
      const first = guest.open('SHA-256');
      guest.call('symmetric_state_absorb', first, 'a'.repeat(60));
      const second = guest.open('SHA-256');
      guest.call('symmetric_state_absorb', second, 'b'.repeat(60));
      const clone = guest.get('symmetric_state_clone', first);
      guest.call('symmetric_state_absorb', clone, 'c'.repeat(60));
      expect([first, second, clone].map((state) => guest.squeeze(state, 32))).toEqual([
        digest('a'.repeat(60)),
        digest('b'.repeat(60)),
        digest('a'.repeat(60) + 'c'.repeat(60)),
      ]);
      for (const state of [first, second, clone]) guest.call('symmetric_state_close', state);
      expect(guest.state.bytes.leftBytes).toBe(100);
    }
  });

  it('takes no key and has no other operation', () => {
    const guest = new FakeGuest();
    expect(guest.ask('symmetric_key_import', 'SHA-256', 'key')).toBe('key_not_supported');
    expect(guest.ask('symmetric_key_generate', 'SHA-256', guest.optional(undefined))).toBe(
      'unsupported_feature',
    );
    const hmacKey = guest.optional(guest.get('symmetric_key_import', 'HMAC/SHA-256', 'key'));
    expect(guest.ask('symmetric_state_open', 'SHA-256', hmacKey, guest.optional(undefined))).toBe(
      'key_not_supported',
    );
    const state = guest.open('SHA-256');
    const [a, b] = [guest.room(64), guest.room(64)];
    expect(guest.ask('symmetric_state_squeeze_tag', state)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_squeeze_key', state, 'SHA-256')).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_squeeze_key', state, 'SHA-512')).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_max_tag_len', state)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_encrypt', state, a, 20, b, 4)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_encrypt_detached', state, a, 5, b, 4)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_encrypt_detached', state, a, 4, b, 4)).toBe('invalid_operation');
    expect(guest.call('symmetric_state_ratchet', state)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_options_get', state, 'nonce', a, 12)).toBe('unsupported_option');
    expect(guest.call('symmetric_state_options_get_u64', state, 'nonce', a)).toBe('unsupported_option');
  });
});

describe('HMAC', () => {
  const long = 'Test Using Larger Than Block-Size Key - Hash Key First';
  // RFC 4231, test cases 1 and 6.
  it.each([
    [
      'SHA-256',
      '0b'.repeat(20),
      'Hi There',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      'SHA-384',
      '0b'.repeat(20),
      'Hi There',
      'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
    ],
    [
      'SHA-512',
      '0b'.repeat(20),
      'Hi There',
      '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    ],
    ['SHA-256', 'aa'.repeat(131), long, '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
    [
      'SHA-384',
      'aa'.repeat(131),
      long,
      '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
    ],
    [
      'SHA-512',
      'aa'.repeat(131),
      long,
      '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
    ],
  ])('over %s gives the tag of RFC 4231', (hash, key, message, tag) => {
    const guest = new FakeGuest();
    const state = guest.open(`HMAC/${hash}`, hex(key));
    guest.call('symmetric_state_absorb', state, message);
    expect(tagOf(guest, state, tag.length / 2)).toBe(tag);
  });

  it('goes on after a tag, in a clone, and after its key was closed', () => {
    const guest = new FakeGuest();
    const key = guest.get('symmetric_key_import', 'HMAC/SHA-256', '');
    const none = guest.optional(undefined);
    const state = guest.get('symmetric_state_open', 'HMAC/SHA-256', guest.optional(key), none);
    expect(guest.call('symmetric_key_close', key)).toBe('success');
    guest.call('symmetric_state_absorb', state, 'one');
    const clone = guest.get('symmetric_state_clone', state);
    tagOf(guest, state, 32);
    guest.call('symmetric_state_absorb', state, 'two');
    const tag = (text: string) => createHmac('sha256', '').update(text).digest('hex');
    expect([tagOf(guest, state, 32), tagOf(guest, clone, 32)]).toEqual([tag('onetwo'), tag('one')]);
  });

  // The expected tags are node:crypto's, of the whole message at once.
  it.each(['SHA-256', 'SHA-384', 'SHA-512'])(
    'over %s gives the same tag however long key and pieces are, before and after each piece, and in clones',
    (hash) => {
      const message = randomBytes(20_000);
      const longest = hash === 'SHA-256' ? 64 : 128;
      for (const keyLength of [0, 1, longest, longest + 1, 5000]) {
        const key = randomBytes(keyLength);
        const tag = (length: number) =>
          createHmac(hash.replace('-', ''), key).update(message.subarray(0, length)).digest('hex');
        for (const pieces of [[64], [0, 64, 1], [4095, 1, 1], [4097, 3], [3000, 3000, 14_000]]) {
          const guest = new FakeGuest();
          const state = guest.open(`HMAC/${hash}`, key);
          let length = 0;
          for (const piece of pieces) {
            guest.call('symmetric_state_absorb', state, message.subarray(length, length + piece));
            length += piece;
            const clone = guest.get('symmetric_state_clone', state);
            const wanted = tag(length);
            expect(tagOf(guest, state, wanted.length / 2)).toBe(wanted);
            expect(tagOf(guest, clone, wanted.length / 2)).toBe(wanted);
            guest.call('symmetric_state_absorb', clone, 'more');
            guest.call('symmetric_state_close', clone);
          }
        }
      }
    },
  );

  it('compares tags as a whole', () => {
    const guest = new FakeGuest();
    const state = guest.open('HMAC/SHA-256', hex('00'));
    const right = createHmac('sha256', hex('00')).digest();
    const tag = guest.get('symmetric_state_squeeze_tag', state);
    const verify = (bytes: Uint8Array) => guest.call('symmetric_tag_verify', tag, bytes);
    expect(guest.get('symmetric_tag_len', tag)).toBe(32);
    expect(verify(right)).toBe('success');
    for (const wrong of [
      right.subarray(0, 31),
      right.subarray(0, 10),
      right.subarray(0, 0),
      Buffer.concat([right, Buffer.alloc(1)]),
      Buffer.concat([right, right]),
      ...[0, 15, 31].map((index) => Buffer.from(right).fill((right[index] ?? 0) ^ 1, index, index + 1)),
    ]) {
      expect(verify(wrong)).toBe('invalid_tag');
    }
  });

  it('gives a tag into a buffer of its size or a larger one, and once', () => {
    const guest = new FakeGuest();
    const tag = guest.get('symmetric_state_squeeze_tag', guest.open('HMAC/SHA-384', hex('00')));
    const pointer = guest.room(64);
    expect(guest.ask('symmetric_tag_pull', tag, pointer, 47)).toBe('overflow');
    expect(guest.ask('symmetric_tag_pull', tag, pointer, 64)).toBe(48);
    expect(guest.hex(pointer + 48, 16)).toBe('00'.repeat(16));
    expect(guest.ask('symmetric_tag_pull', tag, pointer, 48)).toBe('invalid_handle');
    expect(guest.call('symmetric_tag_close', tag)).toBe('closed');
    expect(guest.ask('symmetric_tag_len', tag)).toBe('invalid_handle');
  });

  it.each([
    ['HMAC/SHA-256', 32],
    ['HMAC/SHA-384', 48],
    ['HMAC/SHA-512', 64],
    ['HKDF-EXTRACT/SHA-384', 48],
    ['AES-128-GCM', 16],
    ['AES-256-GCM', 32],
    ['CHACHA20-POLY1305', 32],
    ['XCHACHA20-POLY1305', 32],
  ])('%s: a generated key has %i bytes, and two differ', (algorithm, length) => {
    const guest = new FakeGuest();
    const options = guest.optional(guest.get('options_open', 1));
    const generate = () =>
      guest.output(
        guest.get('symmetric_key_export', guest.get('symmetric_key_generate', algorithm, options)),
      );
    const first = generate();
    expect(first.length).toBe(2 * length);
    expect(generate()).not.toBe(first);
  });
});

describe('HKDF', () => {
  const derive = (
    guest: FakeGuest,
    hash: string,
    [ikm, salt, info]: readonly Uint8Array[],
    length: number,
  ) => {
    const extract = guest.open(`HKDF-EXTRACT/${hash}`, ikm);
    if (salt?.byteLength) {
      guest.call('symmetric_state_absorb', extract, salt.subarray(0, 1));
      guest.call('symmetric_state_absorb', extract, salt.subarray(1));
    }
    const copy = guest.get('symmetric_state_clone', extract);
    const key = guest.get('symmetric_state_squeeze_key', copy, `HKDF-EXPAND/${hash}`);
    const none = guest.optional(undefined);
    const expand = guest.get('symmetric_state_open', `HKDF-EXPAND/${hash}`, guest.optional(key), none);
    guest.call('symmetric_state_absorb', expand, (info as Uint8Array).subarray(0, 1));
    const expandCopy = guest.get('symmetric_state_clone', expand);
    guest.call('symmetric_state_absorb', expandCopy, (info as Uint8Array).subarray(1));
    expect(guest.squeeze(expandCopy, length)).toBe(guest.squeeze(expandCopy, length));
    return [guest.output(guest.get('symmetric_key_export', key)), guest.squeeze(expandCopy, length)];
  };
  const range = (from: number, to: number) =>
    Uint8Array.from({ length: to - from }, (_, index) => from + index);

  // RFC 5869, test cases 1, 2 and 3.
  it.each([
    [
      [hex('0b'.repeat(22)), range(0, 13), range(0xf0, 0xfa)],
      '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      [range(0, 0x50), range(0x60, 0xb0), range(0xb0, 0x100)],
      '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    ],
    [
      [hex('0b'.repeat(22)), hex(''), hex('')],
      '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    ],
  ])('gives what RFC 5869 has, %#', (inputs, key, output) => {
    expect(derive(new FakeGuest(), 'SHA-256', inputs, output.length / 2)).toEqual([key, output]);
  });

  it.each([
    ['SHA-384', 'sha384', 255 * 48],
    ['SHA-512', 'sha512', 255 * 64],
  ])('over %s gives what node:crypto gives, up to the longest output', (hash, nodeHash, length) => {
    const inputs = [randomBytes(40), randomBytes(7), randomBytes(33)] as const;
    const [, output] = derive(new FakeGuest(), hash, inputs, length);
    expect(output).toBe(Buffer.from(hkdfSync(nodeHash, ...inputs, length)).toString('hex'));
  });

  it.each(['SHA-256', 'SHA-384', 'SHA-512'])(
    'over %s gives what node:crypto gives with a salt of any length',
    (hash) => {
      for (const saltLength of [0, 1, 64, 65, 128, 129, 3000]) {
        const inputs = [randomBytes(40), randomBytes(saltLength), randomBytes(33)] as const;
        const [, output] = derive(new FakeGuest(), hash, inputs, 100);
        expect(output).toBe(Buffer.from(hkdfSync(hash.replace('-', ''), ...inputs, 100)).toString('hex'));
      }
    },
  );

  it('takes no more info than a megabyte', () => {
    const guest = new FakeGuest();
    const expand = guest.open('HKDF-EXPAND/SHA-256', randomBytes(32));
    const half = 1 << 19;
    expect(guest.call('symmetric_state_absorb', expand, 0, half)).toBe('success');
    expect(guest.call('symmetric_state_absorb', expand, 0, half + 1)).toBe('overflow');
    expect(guest.call('symmetric_state_absorb', expand, 0, half)).toBe('success');
    expect(guest.call('symmetric_state_absorb', expand, 0, 1)).toBe('overflow');
  });

  it('refuses what it does not have', () => {
    const guest = new FakeGuest();
    const none = guest.optional(undefined);
    expect(guest.ask('symmetric_key_generate', 'HKDF-EXPAND/SHA-256', none)).toBe('unsupported_feature');
    for (const length of [0, 31, 33]) {
      expect(guest.ask('symmetric_key_import', 'HKDF-EXPAND/SHA-256', new Uint8Array(length))).toBe(
        'invalid_key',
      );
    }
    const extract = guest.open('HKDF-EXTRACT/SHA-256', hex(''));
    expect(guest.squeeze(extract, 1)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_squeeze_key', extract, 'HKDF-EXPAND/SHA-512')).toBe(
      'unsupported_algorithm',
    );
    const expand = guest.open('HKDF-EXPAND/SHA-256', randomBytes(32));
    expect(guest.squeeze(expand, 255 * 32 + 1)).toBe('invalid_length');
    expect(guest.ask('symmetric_state_squeeze_tag', expand)).toBe('invalid_operation');
    expect(guest.ask('symmetric_state_open', 'HKDF-EXPAND/SHA-256', none, none)).toBe('key_required');
    const other = guest.optional(guest.get('symmetric_key_import', 'HMAC/SHA-256', 'key'));
    expect(guest.ask('symmetric_state_open', 'HKDF-EXPAND/SHA-256', other, none)).toBe('invalid_key');
    expect(guest.ask('symmetric_state_open', 'HMAC/SHA-256', guest.optional(0x99909), none)).toBe(
      'invalid_handle',
    );
    expect(guest.ask('symmetric_state_open', 'SHA-1', none, none)).toBe('unsupported_algorithm');
  });
});

it('derives as much as can be hashed at once: every block hashes the info again', () => {
  const guest = new FakeGuest();
  const expand = guest.open('HKDF-EXPAND/SHA-256', new Uint8Array(32));
  const info = guest.room(65_800);
  guest.call('symmetric_state_absorb', expand, info, 65_793);
  // 255 blocks of 65793 bytes are 16 MiB less one byte.
  expect(guest.squeeze(expand, 8160)).toHaveLength(2 * 8160);
  guest.call('symmetric_state_absorb', expand, info, 1);
  expect(guest.squeeze(expand, 8160)).toBe('overflow');
  expect(guest.squeeze(expand, 254 * 32)).toHaveLength(2 * 254 * 32);
});
