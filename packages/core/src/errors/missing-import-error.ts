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

  constructor(message: string, details: { module: string; field: string; packageName?: string | undefined }) {
    super(message);
    this.module = details.module;
    this.field = details.field;
    this.packageName = details.packageName;
  }

  static override isInstance(value: unknown): value is MissingImportError {
    return hasErrorCode(value, 'ERR_MISSING_IMPORT');
  }
}
