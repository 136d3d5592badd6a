import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime } from '@wasmedge-plugins/core';
import { afterAll, describe, expect, it } from 'vitest';
import { SecretsFileError } from '../../errors.js';
import { wasiCryptoPlugin } from '../../plugin.js';
import type { SecretsOptions } from '../../secrets-options.js';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { version } from '../managed/version.js';
import { SecretsFile } from './secrets-file.js';

const folder = mkdtempSync(join(tmpdir(), 'wasi-crypto-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const newPath = () => join(folder, `${randomBytes(8).toString('hex')}.bin`);
const limits = { maxHandles: 100, maxStoredBytes: 1_000_000 };

/** A guest of a new runtime on the file, with a manager. */
function guestOn(secrets: SecretsOptions, lines: string[] = []) {
  const storage = new SecretsFile(secrets, (_level, message) => lines.push(message));
  const guest = new FakeGuest(limits, storage);
  return { guest, manager: guest.get('secrets_manager_open', guest.optional(undefined)) };
}

/** Stores a symmetric key and returns its identifier. */
function storeKey({ guest, manager }: ReturnType<typeof guestOn>, bytes: Uint8Array | string): Uint8Array {
  const id = guest.room(16);
  const key = guest.get('symmetric_key_import', 'HMAC/SHA-256', bytes);
  expect(guest.call('symmetric_key_store_managed', manager, key, id, 16)).toBe('success');
  return guest.memory.read(id, 16);
}

function readKey(
  { guest, manager }: ReturnType<typeof guestOn>,
  id: Uint8Array,
  asked: bigint = version.latest,
) {
  const key = guest.ask('symmetric_key_from_id', manager, id, asked);
  return typeof key === 'string' ? key : guest.output(guest.get('symmetric_key_export', key));
}

const withKey = () => ({ path: newPath(), key: randomBytes(32) });

describe('SecretsFile', () => {
  it.each([
    ['a key', withKey],
    ['a passphrase', () => ({ path: newPath(), passphrase: 'Füchse und Hühner' })],
  ])('gives keys of both kinds to the next runtime: %s', (_name, makeSecrets) => {
    const secrets = makeSecrets();
    const first = guestOn(secrets);
    expect(existsSync(secrets.path)).toBe(false);
    const id = storeKey(first, 'the secret bytes');
    const pair = first.guest.get('keypair_generate', 0, 'Ed25519', first.guest.optional(undefined));
    const pairId = first.guest.room(16);
    first.guest.call('keypair_store_managed', first.manager, pair, pairId, 16);
    const next = first.guest.get('symmetric_key_import', 'HMAC/SHA-256', 'another');
    const managed = first.guest.get('symmetric_key_from_id', first.manager, id, version.latest);
    first.guest.call('symmetric_key_replace_managed', first.manager, managed, next, first.guest.room(8));
    const pairBytes = first.guest.output(first.guest.get('keypair_export', pair, 0));
    first.guest.state[Symbol.dispose]();

    const second = guestOn(secrets);
    expect(readKey(second, id, 1n)).toBe(Buffer.from('the secret bytes').toString('hex'));
    expect(readKey(second, id)).toBe(Buffer.from('another').toString('hex'));
    const again = second.guest.get(
      'keypair_from_id',
      second.manager,
      first.guest.memory.read(pairId, 16),
      version.latest,
    );
    expect(second.guest.output(second.guest.get('keypair_export', again, 0))).toBe(pairBytes);
    second.guest.call('secrets_manager_invalidate', second.manager, id, version.all);
    expect(readKey(guestOn(secrets), id)).toBe('not_found');
  });

  it('writes nothing that can be read without the key, for its owner only, and leaves no other file', () => {
    const secrets = { path: join(folder, 'alone', 'keys.bin'), key: randomBytes(32) };
    mkdirSync(join(folder, 'alone'));
    storeKey(guestOn(secrets), 'the secret bytes');
    const bytes = readFileSync(secrets.path);
    expect(bytes.includes('the secret bytes')).toBe(false);
    expect(bytes.includes('HMAC')).toBe(false);
    expect(readdirSync(join(folder, 'alone'))).toEqual(['keys.bin']);
    if (process.platform !== 'win32') {
      expect(statSync(secrets.path).mode & 0o777).toBe(0o600);
    }
  });

  it('is encrypted under another nonce at each write', () => {
    const secrets = withKey();
    const guest = guestOn(secrets);
    storeKey(guest, 'one');
    const first = readFileSync(secrets.path);
    storeKey(guest, 'two');
    const second = readFileSync(secrets.path);
    expect(first.subarray(0, 25)).toEqual(second.subarray(0, 25));
    expect(first.subarray(25, 37)).not.toEqual(second.subarray(25, 37));
  });

  it('refuses another key, another passphrase and the other of the two', () => {
    const secrets = withKey();
    storeKey(guestOn(secrets), 'x');
    const opened = (options: SecretsOptions) => () => guestOn(options);
    expect(opened({ path: secrets.path, key: randomBytes(32) })).toThrow(SecretsFileError);
    expect(opened({ path: secrets.path, key: randomBytes(32) })).toThrow(/cannot be decrypted/);
    expect(opened({ path: secrets.path, passphrase: 'x' })).toThrow(/was created with a key/);
    const worded = { path: newPath(), passphrase: 'right' };
    storeKey(guestOn(worded), 'x');
    expect(opened({ path: worded.path, passphrase: 'wrong' })).toThrow(/cannot be decrypted/);
    expect(opened({ path: worded.path, key: randomBytes(32) })).toThrow(/was created with a passphrase/);
  });

  it('detects any bit that was changed, and any byte that is missing or added', () => {
    const secrets = withKey();
    storeKey(guestOn(secrets), 'x');
    const bytes = readFileSync(secrets.path);
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      writeFileSync(secrets.path, changed);
      expect(() => guestOn(secrets)).toThrow(SecretsFileError);
    }
    for (const other of [
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.alloc(1)]),
      bytes.subarray(0, 40),
    ]) {
      writeFileSync(secrets.path, other);
      expect(() => guestOn(secrets)).toThrow(SecretsFileError);
    }
    for (const other of ['', 'text', 'WECRYPT1']) {
      writeFileSync(secrets.path, other);
      expect(() => guestOn(secrets)).toThrow(/is not a file of managed keys/);
    }
    writeFileSync(secrets.path, bytes);
    expect(() => guestOn(secrets)).not.toThrow();
  });

  it('does not undo what another runtime stored', () => {
    const secrets = withKey();
    const lines: string[] = [];
    const first = guestOn(secrets, lines);
    const second = guestOn(secrets);
    const id = storeKey(second, 'from the second');
    const key = first.guest.get('symmetric_key_import', 'HMAC/SHA-256', 'secret-of-the-first');
    const room = first.guest.room(16);
    expect(first.guest.call('symmetric_key_store_managed', first.manager, key, room, 16)).toBe(
      'algorithm_failure',
    );
    expect(lines.join()).toMatch(/was changed by another program or runtime/);
    expect(lines.join()).not.toContain('secret-of-the-first');
    expect(readKey(guestOn(secrets), id)).toBe(Buffer.from('from the second').toString('hex'));
  });

  it('keeps the old keys and tells the host why when a key cannot be stored', () => {
    const path = join(folder, 'removed', 'keys.bin');
    mkdirSync(join(folder, 'removed'));
    const lines: string[] = [];
    const guest = guestOn({ path, key: randomBytes(32) }, lines);
    rmSync(join(folder, 'removed'), { recursive: true });
    const handle = guest.guest.ask(
      'symmetric_key_generate_managed',
      guest.manager,
      'AES-256-GCM',
      guest.guest.optional(undefined),
    );
    expect(handle).toBe('algorithm_failure');
    expect(lines).toEqual([expect.stringMatching(/was not stored.*ENOENT/)]);
  });

  it('says which folder or file is not right', () => {
    const opened = (path: string) => () => guestOn({ path, key: randomBytes(32) });
    expect(opened(join(folder, 'missing', 'keys.bin'))).toThrow(
      /cannot be read \(ENOENT\); its folder does not exist: create it/,
    );
    expect(opened(folder)).toThrow(/is not a file of managed keys/);
  });

  it('is a typed error of createRuntime that does not show the passphrase', async () => {
    const secrets = { path: newPath(), passphrase: 'right-passphrase' };
    storeKey(guestOn(secrets), 'x');
    const wrong = { path: secrets.path, passphrase: 'wrong-passphrase' };
    const failure = await createRuntime({ plugins: [wasiCryptoPlugin({ secrets: wrong })] }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(SecretsFileError);
    expect(failure).toMatchObject({ code: 'ERR_CRYPTO_SECRETS_FILE' });
    expect(String((failure as Error).stack)).not.toContain('passphrase-');
    expect(String((failure as Error).message)).not.toMatch(/(right|wrong)-passphrase/);
    (await createRuntime({ plugins: [wasiCryptoPlugin({ secrets })] }))[Symbol.dispose]();
  });
});
