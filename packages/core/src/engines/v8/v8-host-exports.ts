import type { HostFunction } from '../../host-module/host-module.js';
import { encodeNumber } from '../../module-types/rewrite-section.js';
import type { ValueType } from '../../values/value-types.js';
import type { CallState } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { noGuestMessage } from '../no-memory.js';
import { noGuestCaller } from './v8-caller.js';
import { wrapV8Import } from './v8-import.js';
import type { KnownFunction, V8References } from './v8-references.js';

/** A host function as a guest imports it. */
export interface HostImport {
  readonly module: string;
  readonly name: string;
  readonly function: HostFunction;
}

const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

/** The host functions of one runtime that guests export as they are. When the host calls one, no guest is the caller. */
export class V8HostExports {
  readonly #state: CallState;
  readonly #references: V8References;
  readonly #caller = noGuestCaller(noGuestMessage);
  readonly #known = new WeakMap<HostFunction, KnownFunction>();

  constructor(state: CallState, references: V8References) {
    this.#state = state;
    this.#references = references;
  }

  known(host: HostFunction): KnownFunction | undefined {
    return this.#known.get(host);
  }

  remember(host: HostFunction, known: KnownFunction): void {
    this.#known.set(host, known);
  }

  /** The function as V8 has one that a guest exports: values are converted as for any other. */
  make({ module, name, function: target }: HostImport): ExportedFunction {
    const call = wrapV8Import(module, name, target, this.#caller, this.#state, this.#references);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(exportingModule(target)), {
      m: { f: call },
    });
    return exports.f as ExportedFunction;
  }
}

/** A module that exports the function that it imports. */
function exportingModule({ params, results }: HostFunction): Uint8Array<ArrayBuffer> {
  const list = (types: readonly ValueType[]) => [
    ...encodeNumber(types.length),
    ...types.map((type) => typeCodes[type]),
  ];
  const section = (id: number, content: readonly number[]) => [
    id,
    ...encodeNumber(content.length),
    ...content,
  ];
  const [module, name] = [0x6d, 0x66];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...list(params), ...list(results)]),
    ...section(2, [1, 1, module, 1, name, 0, 0]),
    ...section(7, [1, 1, name, 0, 0]),
  ]);
}
