export { nnModuleName, nnPluginName, nnSignatures } from './abi.js';
export {
  type Backend,
  type BackendContext,
  backendContractVersion,
  type ExecutionContext,
  type ExecutionTarget,
  type Graph,
  type LoadOrigin,
  type OpenBackend,
  type PieceComputation,
  type RawTensor,
  type SessionModel,
  type ShortBufferRule,
  type TensorForm,
  type TensorInfo,
} from './backend.js';
export type { BackendKind } from './backend-kind.js';
export { type BackendPlugin, defineBackendPlugin, type OwnSessionPlugin } from './backend-plugin.js';
export type {
  BackendPluginOptions,
  ModelSource,
  NamedModelsOptions,
  NnGuestOptions,
} from './backend-plugin-options.js';
export type { NamedSource } from './check-session-name.js';
export { type ModelLoadEvent, modelLoadChannelName } from './embedded/load-channel.js';
export { BackendContractError, BackendUnavailableError, ModelMismatchError, NnError } from './errors.js';
export {
  buildersSpace,
  type GuestRange,
  readTensor,
  tensorSpace,
  writeBuilders,
  writeTensor,
} from './guest-records.js';
export {
  type AnyLength,
  defineModel,
  type InputsOf,
  type ModelDefinition,
  type OutputsOf,
  type TensorDefinition,
  type TensorFor,
} from './model-definition.js';
export { type ModelPart, readModelPart } from './model-part.js';
export {
  defineNamedModelsPlugin,
  type NamedModelsKind,
  type NamedModelsPlugin,
} from './named-models-plugin.js';
export type { NativeConfig, NativeConfigUse } from './native/native-config.js';
export { NnErrno, type NnErrnoName } from './nn-errno.js';
export { type PooledSession, pooledSession } from './pooled-session.js';
export type { AnyInputs, AnyOutputs, Session, SessionInputs, SessionOutputs } from './session.js';
export {
  type Shape,
  type Tensor,
  type TensorData,
  tensor,
  tensorBytes,
  tensorFromBytes,
  zeros,
} from './tensor.js';
export type { TensorNumbering } from './tensor-numbering.js';
export { elementSize, type TensorType } from './tensor-type.js';
