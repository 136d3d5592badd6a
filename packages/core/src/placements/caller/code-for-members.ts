import type { CompilationOptions, CompiledAhead } from '../../aot/ahead-options.js';
import type { CodeSupply } from '../../aot/code-supply.js';
import type { SuppliedCode } from '../../aot/supplied-code.js';
import { onAbort } from '../../control/on-abort.js';
import { canRunCompiled } from '../../engines/wasmedge/aot/can-run-compiled.js';
import type { CodeForm, GuestExecution } from '../../engines/wasmedge/aot/compiled-code.js';
import { refuseLimit } from '../../engines/wasmedge/aot/require-inline-aot.js';
import { InvalidGuestError } from '../../errors/guest-errors.js';
import { readModule } from '../../module-types/read-module.js';
import { rewriteGuest, unchanged } from '../../module-types/rewrite-guest.js';
import type { ChosenAot } from '../../runtime/choose-aot.js';
import { compileForRuntime } from '../../runtime/compile-for-runtime.js';
import { GuestExecutions } from '../../runtime/guest-executions.js';
import { type LoadedGuest, loadGuest } from '../../runtime/load-guest.js';
import type { GuestSource } from '../../runtime/runtime.js';
import type { AotReport } from '../../runtime/runtime-report.js';
import type { CallOptions } from '../interface/call-options.js';
import type { WantedCode } from '../protocol/messages.js';
import { abortError } from './call-bounds.js';
import { type GivenGuest, keptGuest } from './guest-references.js';
import type { Member } from './member.js';

/** What a runtime elsewhere has of compiled code. */
export interface CodeForMembersParts {
  readonly aot: ChosenAot;
  readonly supply: CodeSupply;
  readonly form: CodeForm;
  /** Whether its members are processes, which can be ended whatever they do. */
  readonly canBeEnded: boolean;
  /** Whether they interpret every guest, so that there is nothing to wait for. */
  readonly interprets: boolean;
}

/** Gives the members of one runtime of engine `wasmedge` the compiled code of their guests. */
export class CodeForMembers implements Disposable {
  readonly #parts: CodeForMembersParts;
  readonly #use: Disposable;
  readonly #executions = new GuestExecutions();
  readonly #ready = new WeakSet<LoadedGuest>();

  constructor(parts: CodeForMembersParts) {
    this.#parts = parts;
    this.#use = parts.supply.use();
  }

  get report(): AotReport {
    const { mode, reason } = this.#parts.aot;
    return { mode, reason, guests: this.#executions.list };
  }

  noteExecution(execution: GuestExecution): void {
    this.#executions.note(execution);
  }

  /**
   * Throws for a call that could not be ended as it asks for.
   *
   * @throws {UnsupportedByEngineError} for a time limit or a signal.
   */
  refuseBounds({ timeoutMs, signal }: CallOptions): void {
    const { aot, canBeEnded } = this.#parts;
    if (canBeEnded || aot.mode === 'off') return;
    if (timeoutMs !== undefined) refuseLimit('The option timeoutMs of a call');
    if (signal !== undefined) refuseLimit('The option signal of a call');
  }

  /**
   * Waits for the code of a guest, where the runtime does so, before its call begins: the time does not count.
   *
   * @throws {GuestCompileError} when it cannot be compiled.
   * @throws {AotCacheError} when others may write to the cache.
   * @throws {GuestAbortError} when the signal ends the wait.
   */
  async ready(source: GivenGuest, signal: AbortSignal | undefined): Promise<void> {
    if (this.#parts.aot.mode !== 'wait' || this.#parts.interprets) return;
    const kept = keptGuest(source);
    if (kept !== undefined && this.#ready.has(kept)) return;
    const { label, bytes } = kept ?? (await loadGuest(source));
    const guest = guestToCompile(bytes);
    if (guest !== undefined) {
      const supplied = this.#parts.supply.begin({ guest, form: this.#parts.form, label });
      await settled(supplied, signal);
      if (supplied.error !== undefined) throw supplied.error;
    }
    if (kept !== undefined) this.#ready.add(kept);
  }

  /** Answers a member that wants the code of a guest: now, and once more when there is some. */
  answer(member: Member, { number, form, label, bytes }: WantedCode): void {
    const supplied = this.#parts.supply.begin({ guest: bytes, form, label });
    const give = () => {
      if (member.error !== undefined) return;
      const { code, whyNot } = supplied;
      // A copy, which is moved.
      const given = code === undefined ? { whyNot } : { bytes: Uint8Array.from(code.bytes) };
      member.transport.send({ kind: 'code', number, form, ...given });
    };
    if (supplied.code === undefined) {
      supplied.onCode(give);
      if (this.#parts.aot.mode === 'wait' && supplied.error === undefined) {
        void supplied.settled.then(() => supplied.code ?? give());
        return;
      }
    }
    give();
  }

  /** As `Runtime.compile`. */
  compile(source: GuestSource, options: CompilationOptions): Promise<CompiledAhead> {
    return compileForRuntime(source, options, { engine: 'wasmedge', ...this.#parts });
  }

  [Symbol.dispose](): void {
    this.#use[Symbol.dispose]();
  }
}

/** What is compiled of a guest; `undefined` where its member will say what is wrong with it, or interprets it. */
function guestToCompile(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const reading = readModule(bytes, { code: true, nesting: true });
    return canRunCompiled({ types: reading.types, names: undefined, providers: [] })
      ? rewriteGuest(reading, unchanged)
      : undefined;
  } catch (error) {
    if (InvalidGuestError.isInstance(error)) return undefined;
    throw error;
  }
}

async function settled(supplied: SuppliedCode, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return supplied.settled;
  if (signal.aborted) throw abortError(signal);
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => {
    stop = onAbort(signal, resolve);
  });
  await Promise.race([supplied.settled, aborted]);
  stop();
  if (signal.aborted) throw abortError(signal);
}
