import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The file of a guest is missing or cannot be read. */
export class GuestNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_NOT_FOUND';

  static override isInstance(value: unknown): value is GuestNotFoundError {
    return hasErrorCode(value, 'ERR_GUEST_NOT_FOUND');
  }
}
