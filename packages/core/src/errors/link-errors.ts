import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The guest imports something that nobody provides. */
export class MissingImportError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MISSING_IMPORT';
  /** Module part of the import's name. */
  readonly module: string;
  /** Field part of the import's name. */
  readonly field: string;
  /** The packages of ours that could provide it: several for a module with several backends, none for one that we do not know. */
  readonly packageNames: readonly string[];

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   */
  constructor(
    message: string,
    details: {
      module: string;
      field: string;
      /** Default: none of our packages provides it. */
      packageNames?: readonly string[] | undefined;
    },
  ) {
    super(message);
    this.module = details.module;
    this.field = details.field;
    this.packageNames = details.packageNames ?? [];
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

/** The guest has no such export. */
export class UnknownExportError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNKNOWN_EXPORT';

  static override isInstance(value: unknown): value is UnknownExportError {
    return hasErrorCode(value, 'ERR_UNKNOWN_EXPORT');
  }
}

/** The export exists, but its kind or signature is not the declared one. */
export class ExportMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_EXPORT_MISMATCH';

  static override isInstance(value: unknown): value is ExportMismatchError {
    return hasErrorCode(value, 'ERR_EXPORT_MISMATCH');
  }
}
