// @ts-check
import { timed } from '../rounds.mjs';
import { messageLength, messageOf, messageWith } from './wasi-crypto-direct.mjs';

/**
 * @typedef {import('../rounds.mjs').Side} Side
 * @typedef {import('./wasi-crypto-direct.mjs').Signing} Signing
 * @typedef {(...numbers: number[]) => number} Counting
 *
 * wasi-crypto.wat, see there for what is where in its memory.
 * @typedef {object} Guest
 * @property {import('@wasmedge-plugins/core').GuestMemory | undefined} memory
 * @property {{ hash: Counting, mac: Counting, derive: Counting, encrypt: Counting, sign: Counting, verify: Counting,
 *   prepareKey: (...numbers: number[]) => void, prepareEncryption: (...numbers: number[]) => void, prepareSigning: (...numbers: number[]) => void }} exports
 */

const at = { name: 1024, derivedName: 1536, key: 2048, signature: 3072, data: 65536, output: 512 };

/** @param {Guest} guest */
function memoryOf({ memory }) {
  if (memory === undefined) throw new Error('The guest wasi-crypto.wat has no memory.');
  return memory;
}

/**
 * @param {Guest} guest
 * @param {string} name
 * @param {number} size
 * @returns {Side}
 */
export function hashThrough(guest, name, size) {
  const memory = memoryOf(guest);
  const nameLength = memory.writeString(at.name, name);
  memory.write(at.data, messageOf(size));
  return (count) => timed(() => guest.exports.hash(count, nameLength, size));
}

/**
 * @param {Guest} guest
 * @param {string} name
 * @param {Uint8Array} key
 */
function prepareKey(guest, name, key) {
  const memory = memoryOf(guest);
  const nameLength = memory.writeString(at.name, name);
  memory.write(at.key, key);
  memory.write(at.data, messageOf(messageLength));
  guest.exports.prepareKey(nameLength, key.byteLength);
  return { memory, nameLength };
}

/**
 * @param {Guest} guest
 * @param {string} name
 * @param {Uint8Array} key
 * @returns {Side}
 */
export function macThrough(guest, name, key) {
  const { nameLength } = prepareKey(guest, name, key);
  return (count) => timed(() => guest.exports.mac(count, nameLength, messageLength));
}

/**
 * @param {Guest} guest
 * @param {{ extract: string, expand: string }} names
 * @param {Uint8Array} key
 * @returns {Side}
 */
export function deriveThrough(guest, { extract, expand }, key) {
  const { memory, nameLength } = prepareKey(guest, extract, key);
  const expandLength = memory.writeString(at.derivedName, expand);
  return (count) => timed(() => guest.exports.derive(count, nameLength, expandLength, messageLength));
}

/**
 * @param {Guest} guest
 * @param {string} name
 * @param {Uint8Array} key
 * @param {number} size
 * @returns {Side}
 */
export function encryptThrough(guest, name, key, size) {
  const memory = memoryOf(guest);
  const nameLength = memory.writeString(at.name, name);
  memory.write(at.key, key);
  memory.write(at.data, messageOf(size));
  guest.exports.prepareEncryption(nameLength, key.byteLength);
  return (count) => timed(() => guest.exports.encrypt(count, nameLength, size));
}

/**
 * @param {Guest} guest
 * @param {Signing} signing
 */
function prepareSigning(guest, { name, keyPair }) {
  const memory = memoryOf(guest);
  const nameLength = memory.writeString(at.name, name);
  memory.write(at.key, keyPair);
  memory.write(at.data, messageOf(messageLength));
  guest.exports.prepareSigning(nameLength, keyPair.byteLength);
  return { memory, nameLength };
}

/**
 * The answer for a signature that is another one each time is whether node:crypto takes the last one.
 * @param {Guest} guest
 * @param {Signing} signing
 * @returns {Side}
 */
export function signThrough(guest, signing) {
  const { memory } = prepareSigning(guest, signing);
  return (count) => {
    const { nanoseconds, answer } = timed(() => guest.exports.sign(count, messageLength));
    if (signing.repeatable) return { nanoseconds, answer };
    return { nanoseconds, answer: Number(signing.holds(messageWith(1), memory.read(at.output, 64))) };
  };
}

/**
 * @param {Guest} guest
 * @param {Signing} signing
 * @returns {Side}
 */
export function verifyThrough(guest, signing) {
  const { memory, nameLength } = prepareSigning(guest, signing);
  memory.write(at.signature, signing.signature(messageWith(0)));
  return (count) => timed(() => guest.exports.verify(count, nameLength, messageLength));
}
