import type { HostFunction } from '../../host-module/host-module.js';
import type { Library } from '../../native/library.js';
import { NativeArea } from '../../native/native-area.js';
import type { Pointer } from '../../native/native-functions.js';
import type { HostHandler } from '../../native/trampoline.js';
import { formatSignature, type Signature } from '../../values/signature.js';
import type { ValueType } from '../../values/value-types.js';

interface HostModuleInstance {
  readonly instance: Pointer;
  readonly names: Set<string>;
  /** Whether somebody else frees it. */
  readonly isAdopted: boolean;
}

/**
 * The host modules of one runtime as module instances. A function is made when the first guest imports it: a WASI of some sixty
 * functions would otherwise cost more than the guest.
 */
export class HostModules {
  readonly #library: Library;
  readonly #register: (instance: Pointer) => void;
  readonly #modules = new Map<string, HostModuleInstance>();
  readonly #types = new Map<string, Pointer>();
  readonly #handlers: number[] = [];

  constructor(library: Library, register: (instance: Pointer) => void) {
    this.#library = library;
    this.#register = register;
  }

  /** Has functions of a module put into an instance that is registered under its name, and that somebody else frees. */
  adopt(name: string, instance: Pointer): void {
    this.#modules.set(name, { instance, names: new Set(), isAdopted: true });
  }

  /** Makes sure that guests can import the function. */
  provide(
    moduleName: string,
    functionName: string,
    target: HostFunction,
    makeHandler: () => HostHandler,
  ): void {
    const { c, strings, trampoline } = this.#library;
    const module = this.#module(moduleName);
    if (module.names.has(functionName)) {
      return;
    }
    const index = trampoline.add(makeHandler());
    this.#handlers.push(index);
    const instance = c.FunctionInstanceCreate(this.#type(target), trampoline.address as never, index, 0);
    c.ModuleInstanceAddFunction(module.instance, strings.pass(functionName), Number(instance));
    module.names.add(functionName);
  }

  /** Whether one of them is at an address. */
  has(pointer: Pointer): boolean {
    return pointer === 0 || [...this.#modules.values()].some(({ instance }) => instance === pointer);
  }

  /** Frees everything; no guest may run any more. */
  dispose(): void {
    const { c, trampoline } = this.#library;
    for (const { instance, isAdopted } of this.#modules.values()) {
      if (!isAdopted) c.ModuleInstanceDelete(instance);
    }
    for (const type of this.#types.values()) {
      c.FunctionTypeDelete(type);
    }
    for (const index of this.#handlers) {
      trampoline.remove(index);
    }
    this.#modules.clear();
    this.#types.clear();
    this.#handlers.length = 0;
  }

  #module(name: string) {
    let module = this.#modules.get(name);
    if (module === undefined) {
      const { c, strings } = this.#library;
      const instance = Number(c.ModuleInstanceCreate(strings.pass(name)));
      module = { instance, names: new Set(), isAdopted: false };
      this.#modules.set(name, module);
      this.#register(module.instance);
    }
    return module;
  }

  #type(signature: Signature): Pointer {
    const key = formatSignature(signature);
    let type = this.#types.get(key);
    if (type === undefined) {
      using params = this.#typeList(signature.params);
      using results = this.#typeList(signature.results);
      const { c } = this.#library;
      type = Number(
        c.FunctionTypeCreate(
          params.address,
          signature.params.length,
          results.address,
          signature.results.length,
        ),
      );
      this.#types.set(key, type);
    }
    return type;
  }

  #typeList(types: readonly ValueType[]): NativeArea {
    const area = new NativeArea(types.length * 8);
    types.forEach((type, index) => {
      area.u64[index] = this.#library.valueTypes[type];
    });
    return area;
  }
}
