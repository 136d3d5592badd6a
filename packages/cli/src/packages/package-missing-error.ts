import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A package is needed that is not installed. */
export class PackageMissingError extends WasmEdgePluginsError {
  override readonly code = 'ERR_PACKAGE_MISSING';

  /** @param needed what it is needed for, as the end of "… is needed". */
  constructor(packageNames: readonly string[], needed: string) {
    super(`${packageNames.join(' or ')} is needed ${needed}: npm install ${packageNames[0]}`);
  }

  static override isInstance(value: unknown): value is PackageMissingError {
    return hasErrorCode(value, 'ERR_PACKAGE_MISSING');
  }
}
