import type { BackendContext, OpenBackend } from '@wasmedge-plugins/wasi-nn';
import { openLiteRtBackend } from './litert/open-litert-backend.js';

/** The C library for models that the host chose, and LiteRT.js, which is a sandbox, for those that guests bring. */
export function openBothBackends(library: OpenBackend, context: BackendContext): OpenBackend {
  let sandbox: OpenBackend | undefined;
  return {
    load(builders, target, config, origin) {
      if (origin.model === 'host') return library.load(builders, target, config, origin);
      sandbox ??= openLiteRtBackend(context);
      return sandbox.load(builders, target, config, origin);
    },
    [Symbol.dispose]() {
      sandbox?.[Symbol.dispose]();
      library[Symbol.dispose]();
    },
  };
}
