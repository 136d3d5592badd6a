import type { NnErrnoName } from '@wasmedge-plugins/wasi-nn';

/** What fails on the helper thread, which loads nothing but LiteRT.js; the calling thread makes an `NnError` of it. */
export class LiteRtFailure extends Error {
  constructor(
    readonly errno: NnErrnoName,
    message: string,
  ) {
    super(message);
  }
}
