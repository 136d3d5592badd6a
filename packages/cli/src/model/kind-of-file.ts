import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { BackendName } from '@wasmedge-plugins/core';
import { UsageError } from '../errors.js';

/** What a file is, by its first bytes. */
export type KindOfFile =
  | { readonly kind: 'guest' | 'component' | 'native' | 'unknown' }
  | { readonly kind: 'model'; readonly backend: BackendName; readonly title: string };

const headBytes = 512;

/** Magic numbers of ELF, of Mach-O in its forms, and of programs for Windows. */
const native = /^(?:\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|\xfe\xed\xfa\xcf|MZ)/;

/** How a message of ONNX begins, which has no magic number: with the version of the format, who made the file, its graph, or the versions of its operators. */
const onnxFields = [0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42];

/**
 * Looks at the beginning of a file.
 *
 * @throws {UsageError} when it cannot be read.
 */
export function kindOfFile(path: string): KindOfFile {
  const head = headOf(path);
  if (head.startsWith('\0asm')) return { kind: head[6] === '\x01' ? 'component' : 'guest' };
  if (native.test(head)) return { kind: 'native' };
  if (head.slice(4, 8) === 'TFL3') return { kind: 'model', backend: 'tflite', title: 'TensorFlow Lite' };
  if (head.startsWith('GGUF')) return { kind: 'model', backend: 'ggml', title: 'GGUF' };
  if (/^\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<net[\s>]/.test(head)) {
    return { kind: 'model', backend: 'openvino', title: 'OpenVINO' };
  }
  if (head.startsWith('PK\x03\x04') && /\.(?:pt|pth|ts|torchscript)$/i.test(path)) {
    return { kind: 'model', backend: 'pytorch', title: 'TorchScript' };
  }
  if (onnxFields.includes(head.charCodeAt(0)) && /\.onnx$/i.test(path))
    return { kind: 'model', backend: 'onnx', title: 'ONNX' };
  return { kind: 'unknown' };
}

/** Each byte a character. */
function headOf(path: string): string {
  let descriptor: number | undefined;
  try {
    // A pipe would keep the command waiting, and a folder has no bytes.
    if (!statSync(path).isFile()) return '';
    descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(headBytes);
    return bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, headBytes, 0));
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
