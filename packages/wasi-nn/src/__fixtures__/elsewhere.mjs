import { defineBackendPlugin } from '@wasmedge-plugins/wasi-nn';
import { asyncLoader, defineBackend } from '@wasmedge-plugins/wasi-nn/kit';

const moduleUrl = new URL('./later-backend.mjs', import.meta.url);

/** Makes plug-ins of a backend of one encoding, which say that this module exports their maker. */
function makerOf(name, encoding) {
  const backend = defineBackend({
    ...{ contractVersion: 1, packageName: name, title: name, name, encoding, encodingNames: [name] },
    parts: ['a text'],
    settings: {},
    open: (context) => asyncLoader({ moduleUrl, exportName: 'openLater' }, context),
  });
  return defineBackendPlugin({
    ...{ backend, partNames: ['text'], guestModels: () => 'deny', nativeWarning: '' },
    exportedAs: { module: import.meta.url, export: name },
    unavailable: () => undefined,
  });
}

export const first = makerOf('first', 3);
export const second = makerOf('second', 4);
