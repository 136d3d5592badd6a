import { DuplicateNameError } from '../../errors/runtime-errors.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { type SharedObjects, sharedObjects } from './shared-objects.js';
import { returnStatistics, takeStatistics } from './statistics-pool.js';

/**
 * The C objects behind one runtime. Never a VM context: it registers every plug-in of the process, and stand-ins for those that are
 * missing, in every runtime.
 */
export class WasmEdgeObjects {
  readonly statistics: Pointer;
  readonly executor: Pointer;
  readonly store: Pointer;
  #guardedStore: Pointer = 0;
  readonly #library: Library;
  readonly #shared: SharedObjects;

  constructor(library: Library, memoryPages: number) {
    const { c } = library;
    this.#library = library;
    this.#shared = sharedObjects(library, memoryPages);
    this.statistics = takeStatistics(library);
    this.executor = Number(c.ExecutorCreate(this.#shared.configure, this.statistics));
    this.store = Number(c.StoreCreate());
  }

  /** Where modules of native plug-ins are that only their guards may call. */
  get guardedStore(): Pointer {
    this.#guardedStore ||= Number(this.#library.c.StoreCreate());
    return this.#guardedStore;
  }

  /** Loads, validates and instantiates a module; returns the module instance, or the code that it failed with. Calls `goOn` between. */
  instantiate(
    bytes: Uint8Array,
    name: string | undefined,
    goOn: () => void,
    store: Pointer = this.store,
  ): { readonly pointer: Pointer } | { readonly code: number } {
    const { c, strings, out } = this.#library;
    const parsed = c.LoaderParseFromBuffer(this.#shared.loader, out.address, bytes, bytes.byteLength);
    if (parsed !== 0) {
      return { code: parsed };
    }
    const ast = Number(out.u64[0]);
    try {
      goOn();
      const validated = c.ValidatorValidate(this.#shared.validator, ast);
      if (validated !== 0) {
        return { code: validated };
      }
      goOn();
      const instance = out.address + 8;
      const code =
        name === undefined
          ? c.ExecutorInstantiate(this.executor, instance, store, ast)
          : c.ExecutorRegister(this.executor, instance, store, ast, strings.pass(name));
      return code === 0 ? { pointer: Number(out.u64[1]) } : { code };
    } finally {
      c.ASTModuleDelete(ast);
    }
  }

  /**
   * Makes the exports of a module instance importable under its own name.
   *
   * @throws {DuplicateNameError} when WasmEdge has a module of that name already.
   */
  registerImport(instance: Pointer, store: Pointer = this.store): void {
    const { c } = this.#library;
    const code = c.ExecutorRegisterImport(this.executor, store, instance);
    if (code !== 0) {
      throw new DuplicateNameError(
        `WasmEdge does not take a module of a host or plug-in: ${c.ResultGetMessage(code)}. Choose another name for it.`,
      );
    }
  }

  dispose(): void {
    const { c } = this.#library;
    c.StoreDelete(this.store);
    if (this.#guardedStore !== 0) c.StoreDelete(this.#guardedStore);
    c.ExecutorDelete(this.executor);
    returnStatistics(this.#library, this.statistics);
  }
}
