import { rewriteGuest, unchanged } from '../../../module-types/rewrite-guest.js';
import type { Library } from '../../../native/library.js';
import type { PreparedGuest } from '../../engine.js';
import type { GuestCode } from '../../guest-code.js';
import { canRunCompiled } from './can-run-compiled.js';
import type { CodeForm, CompiledCodeUse, GuestExecution } from './compiled-code.js';
import { nativeSection } from './native-section.js';
import { isInsideCompiled } from './run-compiled.js';

interface KnownGuest {
  /** The guest as it is compiled. */
  readonly bytes: Uint8Array;
  /** Its native code, once there is some. */
  section?: Uint8Array | undefined;
}

/** What instantiating a guest takes. */
export interface ChosenExecution {
  /** What makes a module of WasmEdge run native code once it is put behind it; `undefined` for a guest that is interpreted. */
  readonly section: Uint8Array | undefined;
  /** Whether the guest's functions may enter compiled code: its own, or that of guests whose functions it may have. */
  readonly mayRunCompiled: boolean;
}

/** Without compiled code every guest is interpreted. */
export const interpreted: ChosenExecution = { section: undefined, mayRunCompiled: false };

/** The compiled code of the guests of one runtime. */
export class CompiledGuests {
  /** The kind of code that is asked for. */
  readonly form: CodeForm;
  readonly #library: Library;
  readonly #use: CompiledCodeUse;
  readonly #known = new WeakMap<GuestCode, KnownGuest>();
  /** Set when guests may call native plug-ins. While compiled code runs, libwasmedge takes their crashes for traps of the guest. */
  hasNativePlugins = false;

  constructor(library: Library, use: CompiledCodeUse, form: CodeForm) {
    this.#library = library;
    this.#use = use;
    this.form = form;
  }

  /** How a guest is run that is instantiated now. */
  choose({ label, code, imports }: PreparedGuest): ChosenExecution {
    if (this.hasNativePlugins) {
      this.#tell(
        label,
        'interpreted',
        'the runtime has a native plug-in, whose crash compiled code would hide',
      );
      return interpreted;
    }
    if (!canRunCompiled(imports)) {
      this.#tell(
        label,
        'interpreted',
        'functions of other guests can reach it, which compiled code cannot call',
      );
      return { section: undefined, mayRunCompiled: true };
    }
    if (isInsideCompiled(this.#library)) {
      const { version } = this.#library;
      this.#tell(
        label,
        'interpreted',
        `compiled code is waiting for the host, and libwasmedge ${version} cannot run other compiled code meanwhile`,
      );
      return interpreted;
    }
    const { bytes, section } = this.#know(code, label);
    if (section === undefined) {
      this.#tell(label, 'interpreted', this.#use.source.whyNot?.(bytes) ?? 'its code is not ready');
      return interpreted;
    }
    this.#tell(label, 'compiled', `its ${this.form} code is ready`);
    return { section, mayRunCompiled: true };
  }

  #know(code: GuestCode, label: string): KnownGuest {
    const known = this.#known.get(code) ?? { bytes: rewriteGuest(code.reading, unchanged) };
    this.#known.set(code, known);
    if (known.section === undefined) {
      const compiled = this.#use.source.find(known.bytes, this.form, label);
      if (compiled?.form === this.form) known.section = nativeSection(known.bytes, compiled);
    }
    return known;
  }

  #tell(guest: string, runs: GuestExecution['runs'], reason: string): void {
    this.#use.onExecution?.({ guest, runs, reason });
  }
}
