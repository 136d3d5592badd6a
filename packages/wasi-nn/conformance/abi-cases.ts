import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { AbiModel } from './abi-model.js';
import { crateCases } from './cases/crates.js';
import { graphCases } from './cases/graphs.js';
import { loadCases } from './cases/loads.js';
import { nameCases } from './cases/names.js';
import { tensorCases } from './cases/tensors.js';

/** What every backend must do with the functions that guests import; a backend's suite adds its own cases. */
export function abiCases(model: AbiModel): readonly ConformanceCase[] {
  const loads = model.names === undefined ? loadCases(model) : [];
  return [...graphCases(model), ...loads, ...tensorCases(model), ...nameCases(model), ...crateCases];
}
