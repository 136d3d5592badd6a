import type { CallState } from '../call-state.js';
import type { V8HostExports } from './v8-host-exports.js';
import type { V8Life } from './v8-life.js';
import type { V8References } from './v8-references.js';

/** What the exports of one instance share. */
export interface V8ExportContext {
  readonly state: CallState;
  readonly references: V8References;
  readonly hostExports: V8HostExports;
  readonly life: V8Life;
  readonly label: string;
}
