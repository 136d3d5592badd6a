import { DuplicateNameError } from '../../errors/runtime-errors.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { parseModule } from './parse-module.js';
import type { ParsedModule } from './parsed-module.js';
import { codeLoader, type SharedObjects, sharedObjects } from './shared-objects.js';
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
  readonly #memoryPages: number;

  constructor(library: Library, memoryPages: number) {
    const { c } = library;
    this.#library = library;
    this.#memoryPages = memoryPages;
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

  /** Parses and validates a module, or gives the code that it failed with. Calls `goOn` between. */
  parse(bytes: Uint8Array, goOn: () => void): ParsedModule | number {
    return parseModule(this.#library, this.#shared, bytes, goOn);
  }

  /** {@link parse} for a module with code that we have compiled: it is run. */
  parseCompiled(bytes: Uint8Array, goOn: () => void): ParsedModule | number {
    const loader = codeLoader(this.#library, this.#memoryPages);
    return parseModule(this.#library, { ...this.#shared, loader }, bytes, goOn);
  }

  /** Instantiates a module; returns the module instance, or the code that it failed with. */
  instantiate(
    module: ParsedModule,
    name: string | undefined,
    store: Pointer = this.store,
  ): { readonly pointer: Pointer } | { readonly code: number } {
    const { c, strings, out } = this.#library;
    const code = module.use((ast) =>
      name === undefined
        ? c.ExecutorInstantiate(this.executor, out.address, store, ast)
        : c.ExecutorRegister(this.executor, out.address, store, ast, strings.pass(name)),
    );
    return code === 0 ? { pointer: Number(out.u64[0]) } : { code };
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
        `WasmEdge rejected a module of a host or plug-in: ${c.ResultGetMessage(code)}. Choose another name for it.`,
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
