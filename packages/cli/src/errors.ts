import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core/run';

/** The command line cannot be understood; ends the command with exit code 2. */
export class UsageError extends Error {}

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

/** An archive is broken, has entries that are refused, or does not contain the plug-in. */
export class ArchiveError extends WasmEdgePluginsError {
  override readonly code = 'ERR_ARCHIVE';

  static override isInstance(value: unknown): value is ArchiveError {
    return hasErrorCode(value, 'ERR_ARCHIVE');
  }
}

/** What was downloaded is not what the release says, or the release does not say. */
export class ChecksumError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CHECKSUM';

  static override isInstance(value: unknown): value is ChecksumError {
    return hasErrorCode(value, 'ERR_CHECKSUM');
  }
}

/** A file could not be downloaded: refused, interrupted, too slow or too large. */
export class DownloadError extends WasmEdgePluginsError {
  override readonly code = 'ERR_DOWNLOAD';

  static override isInstance(value: unknown): value is DownloadError {
    return hasErrorCode(value, 'ERR_DOWNLOAD');
  }
}

/** The plug-in cannot be put where it was to go. */
export class InstallTargetError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INSTALL_TARGET';

  static override isInstance(value: unknown): value is InstallTargetError {
    return hasErrorCode(value, 'ERR_INSTALL_TARGET');
  }
}

/** WasmEdge released no such plug-in for the platform or the version. */
export class NotReleasedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NOT_RELEASED';

  static override isInstance(value: unknown): value is NotReleasedError {
    return hasErrorCode(value, 'ERR_NOT_RELEASED');
  }
}

/** The release server has no such release, or the release has no such asset. */
export class ReleaseAssetError extends WasmEdgePluginsError {
  override readonly code = 'ERR_RELEASE_ASSET';

  static override isInstance(value: unknown): value is ReleaseAssetError {
    return hasErrorCode(value, 'ERR_RELEASE_ASSET');
  }
}
