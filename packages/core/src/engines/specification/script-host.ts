import type { TrapKind } from '../../index.js';
import type { Command, ScriptValue } from './script.js';
import type { GivenValue } from './values.js';

/** Why WebAssembly did not do something. */
export interface HostFailure {
  readonly kind: 'invalid' | 'unlinkable' | 'trap' | 'other';
  /** Which trap it was, where the host is to tell it. */
  readonly trap?: TrapKind;
  readonly message: string;
}

/** What runs scripts: this package on an engine, or that engine without it. Its methods throw what {@link ScriptHost.failureOf} knows. */
export interface ScriptHost<Instance> extends Disposable {
  /** Why a command cannot be given to it; `undefined` for one that can. */
  leavesOut(command: Command): string | undefined;
  /** @param name under which later modules import from the instance. */
  instantiate(bytes: Uint8Array<ArrayBuffer>, name: string | undefined): Instance;
  /** @param expected what the results are, by which their types are known. */
  invoke(
    instance: Instance,
    field: string,
    args: readonly ScriptValue[],
    expected: readonly ScriptValue[],
  ): readonly GivenValue[];
  get(instance: Instance, field: string, expected: readonly ScriptValue[]): readonly GivenValue[];
  failureOf(error: unknown): HostFailure;
}
