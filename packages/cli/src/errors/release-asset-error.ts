import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The release server has no such release, or the release has no such asset. */
export class ReleaseAssetError extends WasmEdgePluginsError {
  override readonly code = 'ERR_RELEASE_ASSET';

  static override isInstance(value: unknown): value is ReleaseAssetError {
    return hasErrorCode(value, 'ERR_RELEASE_ASSET');
  }
}
