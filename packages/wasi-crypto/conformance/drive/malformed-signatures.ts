import { Buffer } from 'node:buffer';
import { derSignature, element, integer, integerContent, sequence } from './der.js';
import { hex } from './operations.js';

/** A signature that is good, and what it was made with. */
export interface Signed {
  readonly algorithm: string;
  readonly publicKey: number;
  readonly r: Buffer;
  readonly s: Buffer;
  /** The order of the curve's group. */
  readonly n: Buffer;
}

/** Ways to write the DER of a good signature wrong. */
export function malformed({ r, s }: Signed): Record<string, Uint8Array> {
  const good = derSignature(Buffer.concat([r, s]));
  const [ri, si] = [integer(r), integer(s)];
  const zero = Buffer.from([0]);
  return {
    nothing: Buffer.alloc(0),
    'one byte': Buffer.from([0x30]),
    'two bytes': hex('3000'),
    zeros: Buffer.alloc(72),
    'a truncated sequence': good.subarray(0, good.byteLength - 1),
    'half a sequence': good.subarray(0, good.byteLength / 2),
    'r alone': sequence(ri),
    'three numbers': sequence(ri, si, integer(Buffer.from([1]))),
    'r without content': sequence(element(0x02, Buffer.alloc(0)), si),
    's without content': sequence(ri, element(0x02, Buffer.alloc(0))),
    'a leading zero too many in r': sequence(element(0x02, Buffer.concat([zero, integerContent(r)])), si),
    'a leading zero too many in s': sequence(ri, element(0x02, Buffer.concat([zero, integerContent(s)]))),
    'another tag for the sequence': Buffer.concat([Buffer.from([0x31]), good.subarray(1)]),
    'another tag for r': sequence(Buffer.concat([Buffer.from([0x04]), ri.subarray(1)]), si),
    'another tag for s': sequence(ri, Buffer.concat([Buffer.from([0x0a]), si.subarray(1)])),
    'a length in long form': Buffer.concat([Buffer.from([0x30, 0x81]), good.subarray(1)]),
    'a length in longer form': Buffer.concat([Buffer.from([0x30, 0x82, 0x00]), good.subarray(1)]),
    'a length of r in long form': sequence(Buffer.concat([Buffer.from([0x02, 0x81]), ri.subarray(1)]), si),
    'an indefinite length': Buffer.concat([Buffer.from([0x30, 0x80]), good.subarray(2), Buffer.alloc(2)]),
    'a length beyond the end': Buffer.concat([Buffer.from([0x30, good.byteLength]), good.subarray(2)]),
    'a huge length': Buffer.concat([hex('308500ffffffff'), good.subarray(2)]),
    'a sequence in a sequence': sequence(good),
    'an octet string around it': element(0x04, good),
    'a negative r': sequence(element(0x02, Buffer.concat([Buffer.from([0xff]), r])), si),
    'raw bytes': Buffer.concat([r, s]),
  };
}

/** Ways to write more than a good signature. */
export function trailing({ r, s }: Signed): Record<string, Uint8Array> {
  const good = derSignature(Buffer.concat([r, s]));
  return {
    'a trailing zero': Buffer.concat([good, Buffer.from([0])]),
    'trailing zeros up to 72 bytes and more': Buffer.concat([good, Buffer.alloc(40)]),
    'a trailing NULL': Buffer.concat([good, hex('0500')]),
    'itself twice': Buffer.concat([good, good]),
    'bytes behind s': sequence(integer(r), integer(s), hex('0500')),
    'bytes behind s without an element': sequence(integer(r), integer(s), Buffer.from([0])),
  };
}

/** Numbers that no signature has. */
export function impossible({ r, s, n }: Signed): Record<string, readonly [Uint8Array, Uint8Array]> {
  const zero = Buffer.alloc(n.byteLength);
  const ones = Buffer.alloc(n.byteLength, 0xff);
  const above = Buffer.from(n);
  above.writeUInt8(above.readUInt8(above.byteLength - 1) + 1, above.byteLength - 1);
  return {
    'r and s of zero': [zero, zero],
    'r of zero': [zero, s],
    's of zero': [r, zero],
    'r of the order': [n, s],
    's of the order': [r, n],
    'r above the order': [above, s],
    's above the order': [r, above],
    'r and s of all ones': [ones, ones],
    'r and s exchanged': [s, r],
  };
}
