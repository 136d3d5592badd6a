import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { AbiModel } from './abi-model.js';
import { crateCases } from './cases/crates.js';
import { graphCases } from './cases/graphs.js';
import { nameCases } from './cases/names.js';
import { tensorCases } from './cases/tensors.js';

export type { AbiModel, AbiOptions } from './abi-model.js';
export { buildStandIn, type StandInBackend } from './build-stand-in.js';
export { type CrateType, echoCases } from './cases/crates.js';
export { type RawExports, type RawMemory, RawNn } from './drive/raw-nn.js';
export { guestFile } from './guest-file.js';
export { nativeProbe } from './native-probe.js';
export { withDifferences } from './with-differences.js';

/** What every backend must do with the functions that guests import; a backend's suite adds its own cases. */
export function abiCases(model: AbiModel): readonly ConformanceCase[] {
  return [...graphCases(model), ...tensorCases(model), ...nameCases(model), ...crateCases];
}
