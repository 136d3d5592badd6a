import { ftruncateSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { koffi } from '@wasmedge-plugins/core/native';

/** Bytes of the messages that are told. */
const maxRead = 4096;

/**
 * Where TensorFlow Lite writes what goes wrong. It reports from threads of its own, on which no JavaScript may run; its error reporter has the
 * parameters of the C library's `vdprintf`, which writes to a file.
 */
export class ErrorFile {
  /** The function to report to, and the file's number for its first parameter; `undefined` where there is none: TensorFlow Lite then writes to stderr. */
  readonly reporter: { readonly address: number; readonly file: number } | undefined;

  constructor() {
    const address = findFunction('vdprintf');
    this.reporter = address === 0 ? undefined : { address, file: openUnnamed() };
  }

  /** What was reported since the last time. */
  take(): string {
    if (this.reporter === undefined) return '';
    const { file } = this.reporter;
    const bytes = Buffer.alloc(maxRead);
    const length = readSync(file, bytes, 0, maxRead, 0);
    ftruncateSync(file);
    return bytes.toString('utf8', 0, length).trim().replace(/\s+/g, ' ');
  }
}

/** A file for appending that has no name any more. */
function openUnnamed(): number {
  const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-'));
  try {
    return openSync(join(folder, 'errors'), 'a+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findFunction(name: string): number {
  if (process.platform === 'win32') return 0;
  const anyLibrary = process.platform === 'darwin' ? -2n : 0n;
  const dlsym: (library: bigint, name: string) => number | bigint = koffi
    .load(null)
    .func('dlsym', 'uint64_t', ['int64_t', 'str']);
  return Number(dlsym(anyLibrary, name));
}
