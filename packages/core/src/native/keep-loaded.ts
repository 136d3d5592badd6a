import { koffi } from './koffi.js';

const RTLD_NOW = 0x2;
const RTLD_NODELETE = process.platform === 'darwin' ? 0x80 : 0x1000;

/**
 * Opens a library once more so that it is never unloaded. A process that loaded a WasmEdge plug-in dies at its normal end when
 * libwasmedge is unloaded before the plug-in's own destructors run (measured with 0.14.1). Nothing to do on Windows.
 */
export function keepLoaded(path: string): void {
  if (process.platform !== 'win32') {
    const dlopen = koffi.load(null).func('dlopen', 'uint64_t', ['str', 'int']);
    dlopen(path, RTLD_NOW | RTLD_NODELETE);
  }
}
