import { rewriteGuest, unchanged } from '../../../module-types/rewrite-guest.js';
import type { ImportPlan } from '../../engine.js';
import type { GuestCode } from '../../guest-code.js';
import { canRunCompiled } from './can-run-compiled.js';
import type { CodeForm, CompiledCodeSource } from './compiled-code.js';
import { nativeSection } from './native-section.js';

interface KnownGuest {
  /** The guest as it is compiled. */
  readonly bytes: Uint8Array;
  /** Its native code, once there is some. */
  section?: Uint8Array | undefined;
}

/** The compiled code of the guests of one runtime. */
export class CompiledGuests {
  /** The kind of code that is asked for. */
  readonly form: CodeForm;
  readonly #source: CompiledCodeSource;
  readonly #known = new WeakMap<GuestCode, KnownGuest>();

  constructor(source: CompiledCodeSource, form: CodeForm) {
    this.#source = source;
    this.form = form;
  }

  /** What makes a module of WasmEdge run native code once it is put behind it; `undefined` for a guest that is to be interpreted. */
  sectionFor(code: GuestCode, plan: ImportPlan): Uint8Array | undefined {
    if (!canRunCompiled(plan)) return undefined;
    const known = this.#known.get(code) ?? { bytes: rewriteGuest(code.reading, unchanged) };
    this.#known.set(code, known);
    if (known.section === undefined) {
      const compiled = this.#source.find(known.bytes, this.form);
      if (compiled?.form === this.form) known.section = nativeSection(known.bytes, compiled);
    }
    return known.section;
  }
}
