import type { CodeForm, CompiledCodeSource } from '../engines/wasmedge/aot/compiled-code.js';
import { GuestCompileError } from '../errors/aot-errors.js';
import type { Logger } from '../logger/logger.js';
import type { CompilationOptions, CompiledAhead } from './ahead-options.js';
import { AotCache, type AotCacheOptions } from './aot-cache.js';
import { type CompilingLibrary, sha256Of } from './code-key.js';
import { compileAndTell } from './compile-and-tell.js';
import { compileCode, findCode } from './compile-code.js';
import type { OptimizationLevel } from './optimization-level.js';
import { SuppliedCode } from './supplied-code.js';

/** How a supply gets its code. */
export interface CodeSupplySetup {
  readonly cache: AotCacheOptions;
  /** How guests are compiled that nobody has compiled. Default: that of the compiler. */
  readonly level: OptimizationLevel | undefined;
  /** Whether calls wait for their code. Default: guests are interpreted meanwhile, and what compiles gives way to others. */
  readonly isWaitedFor?: boolean;
  /** The libwasmedge of the runtime; asked when there is one. */
  library(): CompilingLibrary;
  readonly logger: Logger;
}

/** A guest that is to be compiled. */
export interface GuestForSupply {
  /** What `guestToCompile()` gave. */
  readonly guest: Uint8Array;
  readonly form: CodeForm;
  /** What messages call it. */
  readonly label: string;
}

/** How many guests are remembered, and how many may wait for the compiler unasked. */
const maxGuests = 32;

/** Native code for the guests of a runtime, or of several that are alike: from the cache, or compiled while they are interpreted. */
export class CodeSupply {
  readonly #setup: CodeSupplySetup;
  #openCache: AotCache | undefined;
  readonly #known = new Map<string, SuppliedCode>();
  readonly #told = new Set<string>();
  #compiling = 0;
  #users = 0;
  #end = new AbortController();
  /** Why no guest can be compiled here. */
  #refusal: GuestCompileError | undefined;

  constructor(setup: CodeSupplySetup) {
    this.#setup = setup;
  }

  get #cache(): AotCache {
    this.#openCache ??= new AotCache(this.#setup.cache, this.#setup.logger);
    return this.#openCache;
  }

  /** What of it can go to another process. */
  #library(): CompilingLibrary {
    const { path, version } = this.#setup.library();
    return { path, version };
  }

  /** Counts a runtime that uses it; with the last one, what is being compiled unasked ends. */
  use(): Disposable {
    if (this.#users++ === 0) this.#end = new AbortController();
    let isUsed = true;
    return {
      [Symbol.dispose]: () => {
        if (isUsed && --this.#users === 0) this.#end.abort();
        isUsed = false;
      },
    };
  }

  /** The code of a guest, which is compiled from now on unless it is there, or cannot be. */
  begin({ guest, form, label }: GuestForSupply): SuppliedCode {
    const sha256 = sha256Of(guest);
    const key = `${form} ${sha256}`;
    const known = this.#known.get(key);
    const supplied = known ?? new SuppliedCode();
    this.#remember(key, supplied);
    if (known !== undefined) return known;
    try {
      const library = this.#library();
      const found = findCode(this.#cache, sha256, { library, form });
      if (found !== undefined) supplied.provide(found);
      else if (this.#refusal !== undefined) supplied.fail(this.#refusal);
      else if (this.#compiling >= maxGuests) this.#known.delete(key);
      else void this.#compile({ guest, form, label }, supplied);
    } catch (error) {
      this.#fail(supplied, error as Error);
    }
    return supplied;
  }

  /**
   * Compiles a guest now, unless it is in the cache.
   *
   * @throws {GuestCompileError} when it cannot be compiled.
   * @throws {GuestAbortError} when the signal ends it.
   * @throws {AotCacheError} when others may write to the cache.
   */
  async compile(
    { guest, form, label }: GuestForSupply,
    { level = this.#setup.level, ...options }: CompilationOptions,
  ): Promise<CompiledAhead> {
    const began = performance.now();
    const library = this.#library();
    const settings = { ...options, level, form, label, library };
    const { code, told } = await compileAndTell(this.#cache, guest, settings, began);
    const key = `${form} ${sha256Of(guest)}`;
    const supplied = this.#known.get(key) ?? new SuppliedCode();
    this.#remember(key, supplied);
    supplied.provide(code);
    return told;
  }

  async #compile({ guest, form, label }: GuestForSupply, supplied: SuppliedCode): Promise<void> {
    const { level, isWaitedFor = false } = this.#setup;
    const { signal } = this.#end;
    this.#compiling++;
    try {
      const library = this.#library();
      const settings = { level, form, label, library, signal, givesWay: !isWaitedFor };
      supplied.provide(await compileCode(this.#cache, guest, settings));
    } catch (error) {
      if (signal.aborted) supplied.fail(error as Error);
      else this.#fail(supplied, error as Error);
    } finally {
      this.#compiling--;
    }
  }

  #fail(supplied: SuppliedCode, error: Error): void {
    supplied.fail(error);
    const isForAll =
      GuestCompileError.isInstance(error) && ['no compiler', 'not started'].includes(error.failure);
    if (isForAll) this.#refusal = error;
    if (this.#told.has(error.message)) return;
    this.#told.add(error.message);
    this.#setup.logger('warn', `${error.message} Guests are interpreted meanwhile.`);
  }

  /** The latest come last. */
  #remember(key: string, supplied: SuppliedCode): void {
    this.#known.delete(key);
    this.#known.set(key, supplied);
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxGuests && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** What an engine in this thread runs instead of interpreting. */
export function supplySource(supply: CodeSupply): CompiledCodeSource {
  const known = new WeakMap<Uint8Array, SuppliedCode>();
  return {
    find(guest, form, label) {
      const supplied = known.get(guest) ?? supply.begin({ guest, form, label });
      known.set(guest, supplied);
      return supplied.code;
    },
    whyNot: (guest) => known.get(guest)?.whyNot ?? 'nobody asked',
  };
}
