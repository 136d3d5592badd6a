import { deserialize, serialize } from 'node:v8';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import type { CompilingLibrary } from './code-key.js';
import type { OptimizationLevel } from './optimization-level.js';

/** What the process that compiles is told, on its stdin, which then stays open: it ends with it. */
export interface CompileRequest {
  /** The libwasmedge: if its file has been replaced by that of another version, it is refused. */
  readonly library: CompilingLibrary;
  /** What it gets to compile. */
  readonly guest: Uint8Array;
  readonly form: CodeForm;
  readonly level: OptimizationLevel;
  readonly portable: boolean;
  /** A folder of its own, which goes with it when its parent has ended. */
  readonly folder: string;
  /** The file to write, in that folder. */
  readonly output: string;
}

/** What it answers on descriptor 3: nothing when it has compiled, else why it has not. */
export interface CompileRefusal {
  /** In libwasmedge's words, or the message of an error. */
  readonly message: string;
}

const headerBytes = 8;

/** A request as it goes through a pipe. */
export function encodeRequest(request: CompileRequest): Buffer {
  const body = serialize(request);
  const header = Buffer.alloc(headerBytes);
  header.writeBigUInt64LE(BigInt(body.byteLength));
  return Buffer.concat([header, body]);
}

/** The request that the parts begin with, once it is there whole. */
export function decodeRequest(parts: readonly Buffer[]): CompileRequest | undefined {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  if (length < headerBytes) return undefined;
  const [first = Buffer.alloc(0)] = parts;
  const header = first.byteLength >= headerBytes ? first : Buffer.concat(parts);
  const end = headerBytes + Number(header.readBigUInt64LE());
  return length < end ? undefined : deserialize(Buffer.concat(parts).subarray(headerBytes, end));
}
