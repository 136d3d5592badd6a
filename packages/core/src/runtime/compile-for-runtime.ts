import type { CompilationOptions, CompiledAhead } from '../aot/ahead-options.js';
import type { CodeSupply } from '../aot/code-supply.js';
import { guestToCompile } from '../aot/guest-to-compile.js';
import type { EngineName } from '../engines/engine.js';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import { checkCompilationOptions } from './check-options.js';
import { CompiledGuest, loadedGuest } from './compiled-guest.js';
import { loadGuest } from './load-guest.js';
import { namingGuest } from './naming-guest.js';
import type { GuestSource } from './runtime.js';

/** What a runtime compiles with. */
export interface RuntimeCompiler {
  readonly engine: EngineName;
  /** Absent on engine `v8`. */
  readonly supply: CodeSupply | undefined;
  readonly form: CodeForm;
}

/** Compiles a guest ahead of time, as `Runtime.compile` says. */
export async function compileForRuntime(
  source: GuestSource,
  options: CompilationOptions,
  { engine, supply, form }: RuntimeCompiler,
): Promise<CompiledAhead> {
  checkCompilationOptions('compile()', options);
  if (engine === 'v8' || supply === undefined) refuseCompilingForV8();
  const { label, bytes } = source instanceof CompiledGuest ? loadedGuest(source) : await loadGuest(source);
  return supply.compile({ guest: namingGuest(label, () => guestToCompile(bytes)), form, label }, options);
}

/** @throws {UnsupportedByEngineError} always. */
export function refuseCompilingForV8(): never {
  throw new UnsupportedByEngineError(
    "compile() is for engine 'wasmedge'; V8 compiles guests itself. Omit it, or use engine: 'wasmedge'.",
  );
}
