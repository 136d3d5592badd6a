/** Element types of the Open Inference Protocol v2, by their names in it. `BF16` is Triton's. */
export type DataType =
  | 'BOOL'
  | 'UINT8'
  | 'UINT16'
  | 'UINT32'
  | 'UINT64'
  | 'INT8'
  | 'INT16'
  | 'INT32'
  | 'INT64'
  | 'FP16'
  | 'BF16'
  | 'FP32'
  | 'FP64'
  | 'BYTES';

/** Bytes of one element; 0 for `BYTES`, of which each element begins with its length. */
export const dataTypeSize: Readonly<Record<DataType, number>> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  BF16: 2,
  FP32: 4,
  FP64: 8,
  BYTES: 0,
};

/** Whether a server's word is an element type that is known here. */
export function isDataType(text: string): text is DataType {
  return Object.hasOwn(dataTypeSize, text);
}
