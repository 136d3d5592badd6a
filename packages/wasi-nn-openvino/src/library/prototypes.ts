import { koffi } from '@wasmedge-plugins/core/native';

/** A pointer as a number: the fast way through koffi. */
const pointer = 'uint64_t';
const status = 'int32_t';

/** The C structures that are passed by value, and the functions that are used. From OpenVINO's headers, 2024.6 to 2026.4. */
export function bindOpenVino(path: string) {
  const library = koffi.load(path);
  const shape = koffi.struct({ rank: 'int64_t', dims: pointer });
  const partialShape = koffi.struct({ rankMin: 'int64_t', rankMax: 'int64_t', dims: pointer });
  const bind = (name: string, result: string, parameters: (string | ReturnType<typeof koffi.struct>)[]) =>
    library.func(name, result, parameters);
  return {
    coreCreate: bind('ov_core_create', status, [pointer]),
    coreFree: bind('ov_core_free', 'void', [pointer]),
    coreReadModel: bind('ov_core_read_model_from_memory_buffer', status, [
      pointer,
      'const uint8_t *',
      'size_t',
      pointer,
      pointer,
    ]),
    coreCompileModel: bind('ov_core_compile_model', status, [
      pointer,
      pointer,
      'str',
      'size_t',
      pointer,
      '...',
    ]),
    coreAvailableDevices: bind('ov_core_get_available_devices', status, [pointer]),
    coreFreeDevices: bind('ov_available_devices_free', 'void', [pointer]),
    version: bind('ov_get_openvino_version', status, [pointer]),
    versionFree: bind('ov_version_free', 'void', [pointer]),
    lastError: bind('ov_get_last_err_msg', 'str', []),
    free: bind('ov_free', 'void', [pointer]),
    modelFree: bind('ov_model_free', 'void', [pointer]),
    modelInputs: bind('ov_model_inputs_size', status, [pointer, pointer]),
    modelOutputs: bind('ov_model_outputs_size', status, [pointer, pointer]),
    modelInput: bind('ov_model_const_input_by_index', status, [pointer, 'size_t', pointer]),
    modelOutput: bind('ov_model_const_output_by_index', status, [pointer, 'size_t', pointer]),
    modelReshape: bind('ov_model_reshape_input_by_name', status, [pointer, 'str', partialShape]),
    partialShapeStatic: bind('ov_partial_shape_create_static', status, ['int64_t', pointer, pointer]),
    partialShapeFree: bind('ov_partial_shape_free', 'void', [pointer]),
    portName: bind('ov_port_get_any_name', status, [pointer, pointer]),
    portType: bind('ov_port_get_element_type', status, [pointer, pointer]),
    portShape: bind('ov_port_get_partial_shape', status, [pointer, pointer]),
    portFree: bind('ov_output_const_port_free', 'void', [pointer]),
    compiledRequest: bind('ov_compiled_model_create_infer_request', status, [pointer, pointer]),
    compiledFree: bind('ov_compiled_model_free', 'void', [pointer]),
    requestSetInput: bind('ov_infer_request_set_input_tensor_by_index', status, [pointer, 'size_t', pointer]),
    requestOutput: bind('ov_infer_request_get_output_tensor_by_index', status, [pointer, 'size_t', pointer]),
    requestInfer: bind('ov_infer_request_infer', status, [pointer]),
    requestFree: bind('ov_infer_request_free', 'void', [pointer]),
    tensorCreate: bind('ov_tensor_create', status, [status, shape, pointer]),
    tensorShape: bind('ov_tensor_get_shape', status, [pointer, pointer]),
    tensorType: bind('ov_tensor_get_element_type', status, [pointer, pointer]),
    tensorByteSize: bind('ov_tensor_get_byte_size', status, [pointer, pointer]),
    tensorData: bind('ov_tensor_data', status, [pointer, pointer]),
    tensorFree: bind('ov_tensor_free', 'void', [pointer]),
    shapeFree: bind('ov_shape_free', status, [pointer]),
  };
}

/** The bound functions. */
export type OpenVinoFunctions = ReturnType<typeof bindOpenVino>;
