import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The guest imports something that nobody provides. */
export class MissingImportError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MISSING_IMPORT';
  /** Module part of the import's name. */
  readonly module: string;
  /** Field part of the import's name. */
  readonly field: string;
  /** The package that provides it, when one of ours does. */
  readonly packageName: string | undefined;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties of the same names.
   */
  constructor(
    message: string,
    details: {
      module: string;
      field: string;
      /** Default: no package of these provides it. */
      packageName?: string | undefined;
    },
  ) {
    super(message);
    this.module = details.module;
    this.field = details.field;
    this.packageName = details.packageName;
  }

  static override isInstance(value: unknown): value is MissingImportError {
    return hasErrorCode(value, 'ERR_MISSING_IMPORT');
  }
}

/** An import of the guest and the function that would serve it have different signatures. */
export class ImportMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_IMPORT_MISMATCH';

  static override isInstance(value: unknown): value is ImportMismatchError {
    return hasErrorCode(value, 'ERR_IMPORT_MISMATCH');
  }
}

/** The guest does not export what was asked for. */
export class UnknownExportError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNKNOWN_EXPORT';

  static override isInstance(value: unknown): value is UnknownExportError {
    return hasErrorCode(value, 'ERR_UNKNOWN_EXPORT');
  }
}

/** An export exists, with another kind or signature than was declared. */
export class ExportMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_EXPORT_MISMATCH';

  static override isInstance(value: unknown): value is ExportMismatchError {
    return hasErrorCode(value, 'ERR_EXPORT_MISMATCH');
  }
}
