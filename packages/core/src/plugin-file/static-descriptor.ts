import type { BinaryFile } from './binary-file.js';
import { BrokenFile } from './file-bytes.js';
import { isWholeDescriptor, textBehind } from './whole-descriptor.js';

/** Functions that WasmEdge asks a plug-in for: the C++ one first. */
export const descriptorFunctions = { cpp: 'GetDescriptor', c: 'WasmEdge_Plugin_GetDescriptor' } as const;

/** What a descriptor says, read without running the plug-in. */
export interface StaticDescriptor {
  readonly apiVersion: number;
  /** Four numbers with points between them. */
  readonly version: string;
  /** `undefined` where it cannot be found without loading the file. */
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** Whether everything that it leads to was found too, so that WasmEdge can be asked to follow it. */
  readonly whole: boolean;
}

/**
 * Reads the descriptor of a plug-in out of its bytes. The function that returns it usually does nothing but return the address of a
 * constant; where it does more, or is for another machine than x64 and arm64, the answer is `undefined`: only running it would tell.
 */
export function readStaticDescriptor(binary: BinaryFile, functionName: string): StaticDescriptor | undefined {
  const code = binary.symbols.get(functionName);
  if (code === undefined) {
    return undefined;
  }
  try {
    const address =
      binary.architecture === 'x64'
        ? returnedByX64(binary, code)
        : binary.architecture === 'arm64'
          ? returnedByArm64(binary, code)
          : undefined;
    return address === undefined ? undefined : readFields(binary, functionName, address);
  } catch (error) {
    if (error instanceof BrokenFile) {
      return undefined;
    }
    throw error;
  }
}

function readFields(binary: BinaryFile, functionName: string, address: number): StaticDescriptor | undefined {
  const offset = binary.image.offsetOf(address);
  if (offset === undefined) {
    return undefined;
  }
  const apiVersion = binary.bytes.u32(offset + 16);
  const version = [20, 24, 28, 32].map((field) => binary.bytes.u32(offset + field)).join('.');
  // A number that no version of WasmEdge has tells that this is something else.
  if (apiVersion === 0 || apiVersion > 1000) {
    return undefined;
  }
  const name = textBehind(binary, address);
  return {
    apiVersion,
    version,
    name,
    description: textBehind(binary, address + 8),
    // What follows in the descriptor of a C++ plug-in differs from version to version.
    whole:
      name !== undefined &&
      name !== '' &&
      (functionName === descriptorFunctions.cpp || isWholeDescriptor(binary, offset, address)),
  };
}

/** `lea rax, [rip + n]` or `mov rax, [rip + n]`, in a frame or without one, and nothing else before `ret`. */
function returnedByX64(binary: BinaryFile, code: number): number | undefined {
  let at = binary.image.offsetOf(code);
  if (at === undefined) {
    return undefined;
  }
  const start = at;
  const skip = (...bytes: number[]) => {
    if (bytes.every((byte, index) => binary.bytes.u8((at as number) + index) === byte)) {
      at = (at as number) + bytes.length;
    }
  };
  skip(0xf3, 0x0f, 0x1e, 0xfa); // endbr64
  skip(0x55); // push rbp
  skip(0x48, 0x89, 0xe5); // mov rbp, rsp
  const kind = binary.bytes.u8(at + 1);
  if (binary.bytes.u8(at) !== 0x48 || binary.bytes.u8(at + 2) !== 0x05 || (kind !== 0x8d && kind !== 0x8b)) {
    return undefined;
  }
  const target = code + (at - start) + 7 + binary.bytes.i32(at + 3);
  at += 7;
  skip(0x5d); // pop rbp
  skip(0xc9); // leave
  const last = binary.bytes.u8(at);
  if (last !== 0xc3 && !(last === 0xf3 && binary.bytes.u8(at + 1) === 0xc3)) {
    return undefined;
  }
  return kind === 0x8d ? target : binary.image.pointerAt(target);
}

/** `adrp x0, page` and `add x0, x0, n` or `ldr x0, [x0, n]`, or `nop` and `adr x0, n`, then `ret`. */
function returnedByArm64(binary: BinaryFile, code: number): number | undefined {
  const { bytes, image } = binary;
  const start = image.offsetOf(code);
  if (start === undefined) {
    return undefined;
  }
  const skipped = bytes.u32(start) === 0xd503_245f ? 4 : 0; // bti c
  const at = start + skipped;
  const address = code + skipped;
  const [first, second, last] = [bytes.u32(at), bytes.u32(at + 4), bytes.u32(at + 8)];
  if (last !== 0xd65f_03c0) {
    return undefined;
  }
  if (first === 0xd503_201f && (second & 0x9f00_001f) >>> 0 === 0x1000_0000) {
    return address + 4 + relativeOffset(second);
  }
  if ((first & 0x9f00_001f) >>> 0 !== 0x9000_0000) {
    return undefined;
  }
  const base = (Math.floor(address / 4096) + relativeOffset(first)) * 4096;
  const offset = (second >>> 10) & 0xfff;
  switch ((second & 0xffc0_03ff) >>> 0) {
    case 0x9100_0000:
      return base + offset;
    case 0xf940_0000:
      return image.pointerAt(base + offset * 8);
    default:
      return undefined;
  }
}

/** The signed 21 bits of `adr` and `adrp`. */
function relativeOffset(instruction: number): number {
  const bits = (((instruction >>> 5) & 0x7_ffff) << 2) | ((instruction >>> 29) & 3);
  return bits & 0x10_0000 ? bits - 0x20_0000 : bits;
}
