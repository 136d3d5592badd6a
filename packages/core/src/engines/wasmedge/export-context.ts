import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { Signature } from '../../values/signature.js';
import type { FunctionReach } from '../function-reach.js';
import type { CallGuard } from './call-guard.js';
import type { EngineState } from './engine-state.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';

/** What every exported function of one runtime needs. */
export interface ExportContext {
  readonly library: Library;
  readonly executor: Pointer;
  readonly state: EngineState;
  readonly guard: CallGuard;
  readonly references: ReferenceTable;
}

/** One function of a guest. */
export interface GuestFunction {
  readonly name: string;
  readonly signature: Signature;
  readonly pointer: Pointer;
  readonly life: InstanceLife;
  readonly reach: FunctionReach<InstanceLife>;
  /** What messages call the guest. */
  readonly label: string;
}
