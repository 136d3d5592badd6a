export { abiCases } from './abi-cases.js';
export type { AbiModel, AbiOptions } from './abi-model.js';
export { type BackendSuiteParts, backendSuite, needing, type SuiteRequirement } from './backend-suite.js';
export { type Call, type Calls, type Defect, withNumbers } from './broken/break-functions.js';
export { pluginWithDefect } from './broken/plugin-with-defect.js';
export { buildStandIn, type StandInBackend } from './build-stand-in.js';
export { type CrateType, echoCases } from './cases/crates.js';
export {
  type GuestContext,
  type GuestGraph,
  type GuestOutput,
  isGuestType,
  ModelGuest,
} from './drive/model-guest.js';
export { type RawExports, type RawMemory, RawNn } from './drive/raw-nn.js';
export { guestFile } from './guest-file.js';
export { nativeProbe } from './native-probe.js';
export { withDifferences } from './with-differences.js';
