import { DuplicateNameError } from '../../errors/runtime-errors.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { parseModule } from './parse-module.js';
import type { ParsedModule } from './parsed-module.js';
import { codeLoader, type SharedObjects, sharedObjects } from './shared-objects.js';
import { returnStatistics, takeStatistics } from './statistics-pool.js';

/** A module instance, and the name that it has in its store, if any. */
export interface NamedInstance {
  readonly pointer: Pointer;
  readonly name: string | undefined;
}

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
  /** How many names were taken already. */
  #taken = 0;

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

  /**
   * Instantiates a module; returns the module instance, or the code that it failed with. A name belongs to an instance until it is freed, which may
   * be long after it was disposed: another one gets a name that is like it.
   */
  instantiate(
    module: ParsedModule,
    name: string | undefined,
    store: Pointer = this.store,
  ): NamedInstance | { readonly code: number } {
    const { c, strings, out } = this.#library;
    return module.use((ast) => {
      const register = (free: string) =>
        c.ExecutorRegister(this.executor, out.address, store, ast, strings.pass(free));
      let free = name;
      let code =
        free === undefined ? c.ExecutorInstantiate(this.executor, out.address, store, ast) : register(free);
      while (code !== 0 && name !== undefined && this.#isTaken(code)) {
        free = `${name}\0${++this.#taken}`;
        code = register(free);
      }
      return code === 0 ? { pointer: Number(out.u64[0]), name: free } : { code };
    });
  }

  #isTaken(code: number): boolean {
    return /module name conflict/.test(this.#library.c.ResultGetMessage(code));
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
