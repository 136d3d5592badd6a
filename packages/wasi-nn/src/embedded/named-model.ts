import type { Backend, ExecutionTarget, LoadOrigin } from '../backend.js';

/** A model that guests load by name. */
export interface NamedModel {
  readonly backend: Backend;
  readonly target: ExecutionTarget;
  /** JSON for the backend, used unless the guest gives its own. */
  readonly config?: string | undefined;
  /** Where the parts are, when a guest loads it; see {@link LoadOrigin.files}. Default: nowhere. */
  files?(): LoadOrigin['files'];
  /** The model's parts; called when a guest first loads it. */
  builders(): readonly Uint8Array[];
}
