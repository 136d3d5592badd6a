/** A format that OpenVINO reads besides its own, by its name in WASI-NN. */
export type OpenVINOFormat = 'onnx' | 'tensorflowlite';

/** Every value of the option `formats`. */
export const formatNames: readonly OpenVINOFormat[] = ['onnx', 'tensorflowlite'];

/** What bytes that are no intermediate representation seem to be. */
export function formatOf(bytes: Uint8Array): OpenVINOFormat | undefined {
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') === 'TFL3') return 'tensorflowlite';
  // Fields 1 to 8 of a message: the version of the format, who made the file, the graph, the versions of the operators.
  return [0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(bytes[0] ?? 0) ? 'onnx' : undefined;
}
