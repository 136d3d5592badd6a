import { type FunctionsOf, type Prototypes, pointer, struct } from '@wasmedge-plugins/wasi-nn/kit/native';

/** A shape as C functions take it by value. */
export interface CShape {
  readonly rank: number;
  readonly dims: number;
}

/** A shape whose number of dimensions, and they, need not be fixed. */
export interface CPartialShape {
  readonly rankMin: number;
  readonly rankMax: number;
  readonly dims: number;
}

const status = 'int32_t';
const shape = struct<CShape>({ rank: 'int64_t', dims: pointer });
const partialShape = struct<CPartialShape>({ rankMin: 'int64_t', rankMax: 'int64_t', dims: pointer });

/** The functions that are used, from OpenVINO's headers, 2024.6 to 2026.4. */
export const prototypes = {
  coreCreate: ['ov_core_create', status, [pointer]],
  coreFree: ['ov_core_free', 'void', [pointer]],
  coreReadModel: [
    'ov_core_read_model_from_memory_buffer',
    status,
    [pointer, 'const uint8_t *', 'size_t', pointer, pointer],
  ],
  coreReadFile: ['ov_core_read_model', status, [pointer, 'str', pointer, pointer]],
  coreCompileModel: ['ov_core_compile_model', status, [pointer, pointer, 'str', 'size_t', pointer, '...']],
  version: ['ov_get_openvino_version', status, [pointer]],
  versionFree: ['ov_version_free', 'void', [pointer]],
  lastError: ['ov_get_last_err_msg', 'str', []],
  free: ['ov_free', 'void', [pointer]],
  modelFree: ['ov_model_free', 'void', [pointer]],
  modelInputs: ['ov_model_inputs_size', status, [pointer, pointer]],
  modelOutputs: ['ov_model_outputs_size', status, [pointer, pointer]],
  modelInput: ['ov_model_const_input_by_index', status, [pointer, 'size_t', pointer]],
  modelOutput: ['ov_model_const_output_by_index', status, [pointer, 'size_t', pointer]],
  modelReshape: ['ov_model_reshape_input_by_name', status, [pointer, 'str', partialShape]],
  partialShapeStatic: ['ov_partial_shape_create_static', status, ['int64_t', pointer, pointer]],
  partialShapeFree: ['ov_partial_shape_free', 'void', [pointer]],
  portName: ['ov_port_get_any_name', status, [pointer, pointer]],
  portType: ['ov_port_get_element_type', status, [pointer, pointer]],
  portShape: ['ov_port_get_partial_shape', status, [pointer, pointer]],
  portFree: ['ov_output_const_port_free', 'void', [pointer]],
  compiledRequest: ['ov_compiled_model_create_infer_request', status, [pointer, pointer]],
  compiledFree: ['ov_compiled_model_free', 'void', [pointer]],
  requestSetInput: ['ov_infer_request_set_input_tensor_by_index', status, [pointer, 'size_t', pointer]],
  requestOutput: ['ov_infer_request_get_output_tensor_by_index', status, [pointer, 'size_t', pointer]],
  requestInfer: ['ov_infer_request_infer', status, [pointer]],
  requestFree: ['ov_infer_request_free', 'void', [pointer]],
  tensorCreate: ['ov_tensor_create', status, [status, shape, pointer]],
  tensorShape: ['ov_tensor_get_shape', status, [pointer, pointer]],
  tensorType: ['ov_tensor_get_element_type', status, [pointer, pointer]],
  tensorByteSize: ['ov_tensor_get_byte_size', status, [pointer, pointer]],
  tensorData: ['ov_tensor_data', status, [pointer, pointer]],
  tensorFree: ['ov_tensor_free', 'void', [pointer]],
  shapeFree: ['ov_shape_free', status, [pointer]],
} as const satisfies Prototypes;

/** The bound functions. */
export type OpenVinoFunctions = FunctionsOf<typeof prototypes>;
