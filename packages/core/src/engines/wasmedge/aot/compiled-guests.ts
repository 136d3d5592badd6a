import { rewriteGuest, unchanged } from '../../../module-types/rewrite-guest.js';
import type { Library } from '../../../native/library.js';
import type { ImportPlan } from '../../engine.js';
import type { GuestCode } from '../../guest-code.js';
import { canRunCompiled } from './can-run-compiled.js';
import type { CodeForm, CompiledCodeSource } from './compiled-code.js';
import { nativeSection } from './native-section.js';
import { isInsideCompiled } from './run-compiled.js';

interface KnownGuest {
  /** The guest as it is compiled. */
  readonly bytes: Uint8Array;
  /** Its native code, once there is some. */
  section?: Uint8Array | undefined;
}

/** How a guest is run. */
export interface GuestExecution {
  /** What makes a module of WasmEdge run native code once it is put behind it; `undefined` for a guest that is interpreted. */
  readonly section: Uint8Array | undefined;
  /** Whether the guest's functions may enter compiled code: its own, or that of guests whose functions it may have. */
  readonly mayRunCompiled: boolean;
}

/** Without compiled code every guest is interpreted. */
export const interpreted: GuestExecution = { section: undefined, mayRunCompiled: false };

/** The compiled code of the guests of one runtime. */
export class CompiledGuests {
  /** The kind of code that is asked for. */
  readonly form: CodeForm;
  readonly #library: Library;
  readonly #source: CompiledCodeSource;
  readonly #known = new WeakMap<GuestCode, KnownGuest>();

  constructor(library: Library, source: CompiledCodeSource, form: CodeForm) {
    this.#library = library;
    this.#source = source;
    this.form = form;
  }

  /** How a guest is run that is instantiated now. */
  choose(code: GuestCode, plan: ImportPlan): GuestExecution {
    if (!canRunCompiled(plan)) return { section: undefined, mayRunCompiled: true };
    const section = isInsideCompiled(this.#library) ? undefined : this.#sectionOf(code);
    return { section, mayRunCompiled: section !== undefined };
  }

  #sectionOf(code: GuestCode): Uint8Array | undefined {
    const known = this.#known.get(code) ?? { bytes: rewriteGuest(code.reading, unchanged) };
    this.#known.set(code, known);
    if (known.section === undefined) {
      const compiled = this.#source.find(known.bytes, this.form);
      if (compiled?.form === this.form) known.section = nativeSection(known.bytes, compiled);
    }
    return known.section;
  }
}
