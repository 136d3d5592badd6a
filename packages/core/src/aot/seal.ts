import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import type { OptimizationLevel } from './optimization-level.js';

/** What the cache knows of compiled code, apart from its file. */
export interface SealedFacts {
  /** SHA-256 of the file, in hexadecimal; also its name. */
  readonly sha256: string;
  /** Length of the file in bytes. */
  readonly bytes: number;
  readonly form: CodeForm;
  readonly level: OptimizationLevel;
  readonly portable: boolean;
  /** What messages call the guest. */
  readonly guest: string;
  /** SHA-256 of the guest, in hexadecimal. */
  readonly guestSha256: string;
  /** The version of libwasmedge. */
  readonly library: string;
}

/** The longest seal. */
export const maxSealBytes = 4096;

/** A seal as its file has it: the facts, and what only somebody with the secret can make of them and the key. */
export function makeSeal(secret: Uint8Array, key: string, facts: SealedFacts): string {
  const text = JSON.stringify(facts);
  return `${text}\n${tagOf(secret, key, text).toString('hex')}\n`;
}

/** The facts of a seal; `undefined` when it was not made with this secret for this key. */
export function openSeal(secret: Uint8Array, key: string, seal: Uint8Array): SealedFacts | undefined {
  const [text = '', tag = ''] = Buffer.from(seal).toString('utf8').split('\n');
  const wanted = tagOf(secret, key, text);
  const found = Buffer.from(tag, 'hex');
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) return undefined;
  return JSON.parse(text);
}

function tagOf(secret: Uint8Array, key: string, text: string): Buffer {
  return createHmac('sha256', secret).update(`${key}\n${text}`).digest();
}
