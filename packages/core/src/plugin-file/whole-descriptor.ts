import type { BinaryFile } from './binary-file.js';

const maxEntries = 1024;
const noOption = 0;

/**
 * Whether everything that the descriptor of a C plug-in leads to is in the file and makes sense: modules with names and functions that make
 * them, options with names, descriptions and places for their values. WasmEdge follows these pointers without looking.
 */
export function isWholeDescriptor(binary: BinaryFile, offset: number, address: number): boolean {
  const { bytes, image } = binary;
  const modules = bytes.u32(offset + 36);
  const options = bytes.u32(offset + 40);
  if (modules > maxEntries || options > maxEntries) {
    return false;
  }
  return (
    every(binary, address + 48, modules, 24, (module) => {
      return (
        hasText(binary, module) && hasText(binary, module + 8) && isPointer(image.pointerAt(module + 16))
      );
    }) &&
    every(binary, address + 56, options, 40, (option) => {
      const at = image.offsetOf(option);
      const isPlaced = isPointer(image.pointerAt(option + 24));
      return (
        at !== undefined &&
        hasText(binary, option) &&
        hasText(binary, option + 8) &&
        (isPlaced || bytes.i32(at + 16) === noOption)
      );
    })
  );
}

/** The text that the pointer at an address leads to; `undefined` where there is none. */
export function textBehind({ bytes, image }: BinaryFile, address: number): string | undefined {
  const pointer = image.pointerAt(address);
  const offset = isPointer(pointer) ? image.offsetOf(pointer) : undefined;
  return offset === undefined ? undefined : bytes.text(offset);
}

function every(
  { image }: BinaryFile,
  listAddress: number,
  count: number,
  size: number,
  holds: (entry: number) => boolean,
): boolean {
  const list = count === 0 ? 0 : image.pointerAt(listAddress);
  return (
    list !== undefined &&
    Array.from({ length: count }, (_, index) => holds(list + index * size)).every(Boolean)
  );
}

function hasText(binary: BinaryFile, address: number): boolean {
  return textBehind(binary, address) !== undefined;
}

function isPointer(value: number | undefined): value is number {
  return value !== undefined && value !== 0;
}
