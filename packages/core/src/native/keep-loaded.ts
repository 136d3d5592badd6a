import { koffi } from './koffi.js';

const isDarwin = process.platform === 'darwin';
const RTLD_NOW = 0x2;
const RTLD_GLOBAL = isDarwin ? 0x8 : 0x100;
const RTLD_NODELETE = isDarwin ? 0x80 : 0x1000;
const RTLD_NOLOAD = isDarwin ? 0x10 : 0x4;

/**
 * Opens a library once more so that it is never unloaded. A process that loaded a WasmEdge plug-in dies at its normal end when
 * libwasmedge is unloaded before the plug-in's own destructors run (measured with 0.14.1). Nothing to do on Windows.
 */
export function keepLoaded(path: string): void {
  reopen(path, RTLD_NOW | RTLD_NODELETE);
}

/**
 * Lets libraries that are loaded from now on use the symbols of this one without naming it, as a plug-in may that was built for the
 * wasmedge command, which is linked with libwasmedge. A plug-in that finds a symbol missing while it runs ends the process.
 */
export function shareSymbols(path: string): void {
  reopen(path, RTLD_NOW | RTLD_GLOBAL);
}

/** Whether the process has already loaded this file, in any thread; not known on Windows. */
export function isLoaded(path: string): boolean | undefined {
  return reopen(path, RTLD_NOW | RTLD_NOLOAD);
}

function reopen(path: string, flags: number): boolean | undefined {
  if (process.platform === 'win32') {
    return undefined;
  }
  const dlopen: (file: string, flags: number) => number | bigint = koffi
    .load(null)
    .func('dlopen', 'uint64_t', ['str', 'int']);
  return Number(dlopen(path, flags)) !== 0;
}
