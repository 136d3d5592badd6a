/**
 * Kinds of compiled code: `plain` runs until it ends, `interruptible` checks now and then whether it was cancelled, `metered`
 * counts instructions and enforces `limits.cost`.
 */
export type CodeForm = 'plain' | 'interruptible' | 'metered';

/** A guest's native code that we compiled ourselves and that has just been checked. */
export interface CompiledCode {
  /** The guest with its native code behind it in a custom section, as WasmEdge's compiler writes it. Nobody else can change the bytes. */
  readonly bytes: Uint8Array;
  readonly form: CodeForm;
}

/** How a guest runs. */
export interface GuestExecution {
  /** Its name in messages: its file name, or `(bytes)`. */
  readonly guest: string;
  /** Whether its own functions run as native code or are interpreted. */
  readonly runs: 'compiled' | 'interpreted';
  /** Why, in a few words. */
  readonly reason: string;
}

/** Who has compiled code. */
export interface CompiledCodeSource {
  /**
   * The code of a guest, if there is any by now. Asked at each instantiation, with the same array for the same guest, until there is.
   *
   * @param guest the guest's bytes without what limits change in them, which compiled code does not depend on.
   * @param label what messages call it.
   */
  find(guest: Uint8Array, form: CodeForm, label: string): CompiledCode | undefined;
  /** Why it has none of this guest, in a few words. Default: it is not ready. */
  whyNot?(guest: Uint8Array): string;
}

/** Compiled code for the guests of a runtime. */
export interface CompiledCodeUse {
  readonly source: CompiledCodeSource;
  /** Whether this process may end with its guests, and is ended to stop one. Where it may not, guards come first. */
  readonly isExpendable: boolean;
  /** Told how a guest runs that is instantiated now. */
  readonly onExecution?: ((execution: GuestExecution) => void) | undefined;
}
