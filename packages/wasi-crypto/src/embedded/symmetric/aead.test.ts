import { Buffer } from 'node:buffer';
import { createCipheriv, randomBytes } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { describe, expect, it } from 'vitest';
import { FakeGuest } from '../__fixtures__/fake-guest.js';

const hex = (digits: string) => Buffer.from(digits, 'hex');
const sunscreen = Buffer.from(
  "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
);

interface Vector {
  readonly algorithm: string;
  readonly source: string;
  readonly key: Buffer;
  readonly nonce: Buffer;
  readonly additionalData: Buffer;
  readonly plaintext: Buffer;
  readonly ciphertext: string;
  readonly tag: string;
}

const gcm = {
  nonce: hex('cafebabefacedbaddecaf888'),
  additionalData: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  plaintext: hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  ),
};
const chacha = {
  key: hex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f'),
  additionalData: hex('50515253c0c1c2c3c4c5c6c7'),
  plaintext: sunscreen,
};
const vectors: readonly Vector[] = [
  {
    ...gcm,
    algorithm: 'AES-128-GCM',
    source: 'McGrew and Viega, The Galois/Counter Mode of Operation, test case 4',
    key: hex('feffe9928665731c6d6a8f9467308308'),
    ciphertext:
      '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091',
    tag: '5bc94fbc3221a5db94fae95ae7121a47',
  },
  {
    ...gcm,
    algorithm: 'AES-256-GCM',
    source: 'McGrew and Viega, The Galois/Counter Mode of Operation, test case 16',
    key: hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
    ciphertext:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
  {
    ...chacha,
    algorithm: 'chacha20-poly1305',
    source: 'RFC 8439, section 2.8.2',
    nonce: hex('070000004041424344454647'),
    ciphertext:
      'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116',
    tag: '1ae10b594f09e26a7e902ecbd0600691',
  },
  {
    ...chacha,
    algorithm: 'XChaCha20-Poly1305',
    source: 'draft-irtf-cfrg-xchacha-03, appendix A.3.1',
    nonce: hex('404142434445464748494a4b4c4d4e4f5051525354555657'),
    ciphertext:
      'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e',
    tag: 'c0875924c1c7987947deafd8780acf49',
  },
];

/** A state with the vector's additional data. */
function openWith(guest: FakeGuest, { algorithm, key, nonce, additionalData }: Vector): number {
  const state = guest.open(algorithm, key, nonce);
  guest.call('symmetric_state_absorb', state, additionalData.subarray(0, 3));
  guest.call('symmetric_state_absorb', state, additionalData.subarray(3));
  return state;
}

describe.each(vectors)('$algorithm', (vector) => {
  const { algorithm, key, nonce, plaintext, ciphertext, tag } = vector;
  const length = plaintext.byteLength;
  const sealed = hex(ciphertext + tag);

  it(`encrypts and decrypts as ${vector.source}`, () => {
    const guest = new FakeGuest();
    const out = guest.room(length + 16);
    expect(guest.ask('symmetric_state_max_tag_len', openWith(guest, vector))).toBe(16);
    expect(guest.ask('symmetric_state_encrypt', openWith(guest, vector), out, length + 16, plaintext)).toBe(
      length + 16,
    );
    expect(guest.hex(out, length + 16)).toBe(ciphertext + tag);
    expect(guest.ask('symmetric_state_decrypt', openWith(guest, vector), out, length, sealed)).toBe(length);
    expect(guest.hex(out, length)).toBe(plaintext.toString('hex'));
  });

  it('keeps the tag apart', () => {
    const guest = new FakeGuest();
    const out = guest.room(length);
    const handle = guest.get(
      'symmetric_state_encrypt_detached',
      openWith(guest, vector),
      out,
      length,
      plaintext,
    );
    expect(guest.hex(out, length)).toBe(ciphertext);
    expect(guest.call('symmetric_tag_verify', handle, hex(tag))).toBe('success');
    const decrypt = (bytes: Uint8Array) =>
      guest.ask(
        'symmetric_state_decrypt_detached',
        openWith(guest, vector),
        out,
        length,
        hex(ciphertext),
        bytes,
      );
    expect(decrypt(hex(tag))).toBe(length);
    expect(guest.hex(out, length)).toBe(plaintext.toString('hex'));
    for (const wrong of [hex(''), hex(tag).subarray(0, 15), hex(tag).subarray(0, 4), hex(`${tag}00`)]) {
      expect(decrypt(wrong)).toBe('invalid_tag');
    }
  });

  it('fills what it needs of a larger room, and leaves the rest alone', () => {
    const guest = new FakeGuest();
    const rest = 'ee'.repeat(40);
    const full = () => guest.put(Buffer.alloc(length + 56, 0xee));
    const encrypted = full();
    const state = () => openWith(guest, vector);
    expect(guest.ask('symmetric_state_encrypt', state(), encrypted, length + 56, plaintext)).toBe(
      length + 16,
    );
    expect(guest.hex(encrypted, length + 56)).toBe(ciphertext + tag + rest);
    const opened = full();
    expect(guest.ask('symmetric_state_decrypt', state(), opened, length + 40, sealed)).toBe(length);
    expect(guest.hex(opened, length + 40)).toBe(plaintext.toString('hex') + rest);
    // In place, in a room as long as the ciphertext with its tag.
    const both = guest.put(sealed);
    expect(guest.ask('symmetric_state_decrypt', state(), both, length + 16, both, length + 16)).toBe(length);
    expect(guest.hex(both, length + 16)).toBe(plaintext.toString('hex') + tag);
    const detached = full();
    guest.get('symmetric_state_encrypt_detached', state(), detached, length + 40, plaintext);
    expect(guest.hex(detached, length + 40)).toBe(ciphertext + rest);
    const bytes = [hex(ciphertext), hex(tag)] as const;
    expect(guest.ask('symmetric_state_decrypt_detached', state(), detached, length + 40, ...bytes)).toBe(
      length,
    );
    expect(guest.hex(detached, length + 40)).toBe(plaintext.toString('hex') + rest);
    const refused = full();
    expect(
      guest.ask('symmetric_state_decrypt', guest.open(algorithm, key, nonce), refused, length + 40, sealed),
    ).toBe('invalid_tag');
    expect(guest.hex(refused, length + 40)).toBe('00'.repeat(length) + rest);
    expect(guest.ask('symmetric_state_decrypt', state(), refused, length, 'fifteen bytes..')).toBe(
      'invalid_length',
    );
  });

  it('gives nothing of what was changed, and zeroes the output', () => {
    for (const index of [0, length - 1, length, length + 15]) {
      const guest = new FakeGuest();
      const out = guest.put(Buffer.alloc(length, 0xee));
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 0x80;
      const state = openWith(guest, vector);
      expect(guest.ask('symmetric_state_decrypt', state, out, length, changed)).toBe('invalid_tag');
      expect(guest.hex(out, length)).toBe('00'.repeat(length));
      expect(guest.ask('symmetric_state_decrypt', state, out, length, sealed)).toBe('algorithm_failure');
    }
    const guest = new FakeGuest();
    const state = guest.open(algorithm, key, nonce);
    expect(guest.ask('symmetric_state_decrypt', state, guest.room(length), length, sealed)).toBe(
      'invalid_tag',
    );
  });

  it('does one operation under its nonce', () => {
    const guest = new FakeGuest();
    const out = guest.room(length + 17);
    for (const first of ['symmetric_state_encrypt', 'symmetric_state_decrypt']) {
      const state = openWith(guest, vector);
      const [room, data] = first.endsWith('encrypt') ? [length + 16, plaintext] : [length, sealed];
      expect(guest.ask(first, state, out, room - 1, data)).toBe('overflow');
      expect(guest.ask(first, state, out, room, data)).toBe(room);
      const clone = guest.get('symmetric_state_clone', state);
      for (const used of [state, clone]) {
        expect(guest.ask('symmetric_state_encrypt', used, out, 20, 'abcd')).toBe('algorithm_failure');
        expect(guest.ask('symmetric_state_encrypt_detached', used, out, 4, 'abcd')).toBe('algorithm_failure');
        expect(guest.ask('symmetric_state_decrypt', used, out, length, sealed)).toBe('algorithm_failure');
        expect(guest.call('symmetric_state_absorb', used, 'abcd')).toBe('algorithm_failure');
      }
    }
  });

  it('clones: the same message may be encrypted again and decrypted, another one not encrypted', () => {
    const guest = new FakeGuest();
    const out = guest.room(length + 16);
    const state = openWith(guest, vector);
    const [same, other, otherData, reader, late] = [1, 2, 3, 4, 5].map(() =>
      guest.get('symmetric_state_clone', state),
    ) as [number, number, number, number, number];
    const encrypt = (handle: number, data: Uint8Array) =>
      guest.ask('symmetric_state_encrypt', handle, out, length + 16, data);
    expect(encrypt(state, plaintext)).toBe(length + 16);
    expect(encrypt(same, plaintext)).toBe(length + 16);
    expect(guest.hex(out, length + 16)).toBe(ciphertext + tag);
    expect(encrypt(other, Buffer.alloc(length))).toBe('algorithm_failure');
    guest.call('symmetric_state_absorb', otherData, 'more');
    expect(encrypt(otherData, plaintext)).toBe('algorithm_failure');
    expect(guest.ask('symmetric_state_decrypt', reader, out, length, sealed)).toBe(length);
    expect(encrypt(late, plaintext)).toBe('algorithm_failure');
  });

  it('works in place and on ranges that overlap in any way', () => {
    const big = randomBytes(200_000);
    const nodeName = algorithm.toLowerCase().startsWith('aes')
      ? algorithm.toLowerCase()
      : 'chacha20-poly1305';
    for (const shift of [-70_000, -1, 0, 1, 16, 70_000]) {
      const guest = new FakeGuest();
      const data = 300_000;
      guest.memory.write(data, big);
      const handle = guest.get(
        'symmetric_state_encrypt_detached',
        guest.open(algorithm, key, nonce),
        data + shift,
        big.byteLength,
        data,
        big.byteLength,
      );
      const result = Buffer.from(guest.memory.read(data + shift, big.byteLength));
      const expected =
        nodeName.startsWith('aes') || nonce.byteLength === 12
          ? createCipheriv(nodeName as 'aes-256-gcm', key, nonce, { authTagLength: 16 }).update(big)
          : xchacha20poly1305(key, nonce).encrypt(big).subarray(0, big.byteLength);
      expect(Buffer.compare(result, expected)).toBe(0);
      const tagPointer = guest.room(16);
      guest.get('symmetric_tag_pull', handle, tagPointer, 16);
      const back = guest.ask(
        'symmetric_state_decrypt_detached',
        guest.open(algorithm, key, nonce),
        data,
        big.byteLength,
        data + shift,
        big.byteLength,
        tagPointer,
        16,
      );
      expect(back).toBe(big.byteLength);
      expect(Buffer.compare(guest.memory.read(data, big.byteLength), big)).toBe(0);
    }
  });

  it('reads the tag before the output lies over it', () => {
    const guest = new FakeGuest();
    const pointer = guest.put(sealed);
    // The output ends where the tag ends.
    expect(guest.ask('symmetric_state_decrypt', openWith(guest, vector), pointer + 16, length, sealed)).toBe(
      length,
    );
    const again = guest.put(sealed);
    const state = openWith(guest, vector);
    expect(guest.ask('symmetric_state_decrypt', state, again + 16, length, again, length + 16)).toBe(length);
    expect(guest.hex(again + 16, length)).toBe(plaintext.toString('hex'));
  });

  it('needs key and nonce', () => {
    const guest = new FakeGuest();
    const none = guest.optional(undefined);
    const keyHandle = guest.optional(guest.get('symmetric_key_import', algorithm, key));
    const options = guest.get('options_open', 1);
    const open = (keyPointer: number, optionsPointer: number) =>
      guest.ask('symmetric_state_open', algorithm, keyPointer, optionsPointer);
    const random = algorithm.startsWith('X');
    expect(open(none, none)).toBe('key_required');
    if (!random) {
      expect(open(keyHandle, none)).toBe('nonce_required');
      expect(open(keyHandle, guest.optional(options))).toBe('nonce_required');
    }
    guest.call('options_set', options, 'NONCE', nonce.subarray(1));
    expect(open(keyHandle, guest.optional(options))).toBe('invalid_nonce');
    guest.call('options_set', options, 'nonce', nonce);
    for (const wrong of [key.subarray(1), Buffer.concat([key, Buffer.alloc(1)])]) {
      expect(guest.ask('symmetric_key_import', algorithm, wrong)).toBe('invalid_key');
    }
    expect(open(keyHandle, guest.optional(guest.get('options_open', 0)))).toBe('invalid_handle');
    const state = open(keyHandle, guest.optional(options)) as number;
    guest.call('options_set', options, 'nonce', Buffer.alloc(nonce.byteLength));
    const room = guest.room(24);
    expect(guest.ask('symmetric_state_options_get', state, 'nonce', room, nonce.byteLength)).toBe(
      nonce.byteLength,
    );
    expect(guest.hex(room, nonce.byteLength)).toBe(nonce.toString('hex'));
    expect(guest.ask('symmetric_state_options_get', state, 'nonce', room, nonce.byteLength - 1)).toBe(
      'overflow',
    );
    expect(guest.ask('symmetric_state_options_get', state, 'Nonce', room, 24)).toBe(nonce.byteLength);
  });
});

it('draws a nonce for XChaCha20-Poly1305 when the guest gives none', () => {
  const guest = new FakeGuest();
  const key = randomBytes(32);
  const nonces = [1, 2].map(() => {
    const state = guest.open('XCHACHA20-POLY1305', key);
    const room = guest.room(24);
    guest.get('symmetric_state_options_get', state, 'nonce', room, 24);
    const out = guest.room(20);
    guest.get('symmetric_state_encrypt', state, out, 20, 'abcd');
    const opened = xchacha20poly1305(key, guest.memory.read(room, 24)).decrypt(guest.memory.read(out, 20));
    expect(Buffer.from(opened).toString()).toBe('abcd');
    return guest.hex(room, 24);
  });
  expect(nonces[0]).not.toBe(nonces[1]);
});

it('encrypts nothing when there is no handle for the tag, and everything once there is', () => {
  const guest = new FakeGuest({ maxHandles: 4, maxStoredBytes: 1_000_000 });
  const state = guest.open('AES-256-GCM', new Uint8Array(32), new Uint8Array(12));
  const filling = guest.get('options_open', 1);
  const data = guest.put('sixteen bytes...');
  const output = guest.room(16);
  expect(guest.ask('symmetric_state_encrypt_detached', state, output, 16, data, 16)).toBe('too_many_handles');
  expect(guest.hex(output, 16)).toBe('00'.repeat(16));
  guest.call('options_close', filling);
  const tag = guest.get('symmetric_state_encrypt_detached', state, output, 16, data, 16);
  const pulled = guest.room(16);
  guest.get('symmetric_tag_pull', tag, pulled, 16);
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12));
  expect(guest.hex(output, 16)).toBe(cipher.update('sixteen bytes...', 'utf8', 'hex') + cipher.final('hex'));
  expect(guest.hex(pulled, 16)).toBe(cipher.getAuthTag().toString('hex'));
});
