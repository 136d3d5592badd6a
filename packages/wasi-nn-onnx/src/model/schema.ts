/**
 * All messages of a model by their names in `onnx-ml.proto`, version 14 of the format, with the number and the type of each field; `[]` stands for any number of them. Of
 * the fields with `|` a message has at most one. `unused` are fields that the format no longer has.
 */
const messages = {
  AttributeProto: `1 bytes, 2 float, 3 int64, 4 bytes, 5 TensorProto, 6 GraphProto, 7 float[], 8 int64[], 9 bytes[], 10 TensorProto[], 11 GraphProto[],
    12 unused, 13 bytes, 14 TypeProto, 15 TypeProto[], 16 unused, 17 unused, 18 unused, 19 unused, 20 int32, 21 bytes, 22 SparseTensorProto, 23 SparseTensorProto[]`,
  DeviceConfigurationProto: '1 bytes, 2 int32, 3 bytes[]',
  FunctionProto: `1 bytes, 2 unused, 3 unused, 4 bytes[], 5 bytes[], 6 bytes[], 7 NodeProto[], 8 bytes, 9 OperatorSetIdProto[], 10 bytes,
    11 AttributeProto[], 12 ValueInfoProto[], 13 bytes, 14 StringStringEntryProto[]`,
  GraphProto: `1 NodeProto[], 2 bytes, 3 unused, 4 unused, 5 TensorProto[], 6 unused, 7 unused, 8 unused, 9 unused, 10 bytes, 11 ValueInfoProto[],
    12 ValueInfoProto[], 13 ValueInfoProto[], 14 TensorAnnotation[], 15 SparseTensorProto[], 16 StringStringEntryProto[]`,
  IntIntListEntryProto: '1 int64, 2 int64[]',
  ModelProto: `1 int64, 2 bytes, 3 bytes, 4 bytes, 5 int64, 6 bytes, 7 GraphProto, 8 OperatorSetIdProto[], 14 StringStringEntryProto[],
    20 TrainingInfoProto[], 25 FunctionProto[], 26 DeviceConfigurationProto[]`,
  NodeDeviceConfigurationProto: '1 bytes, 2 ShardingSpecProto[], 3 int32',
  NodeProto: `1 bytes[], 2 bytes[], 3 bytes, 4 bytes, 5 AttributeProto[], 6 bytes, 7 bytes, 8 bytes, 9 StringStringEntryProto[],
    10 NodeDeviceConfigurationProto[]`,
  OperatorSetIdProto: '1 bytes, 2 int64',
  ShardedDimProto: '1 int64, 2 SimpleShardedDimProto[]',
  ShardingSpecProto: '1 bytes, 2 int64[], 3 IntIntListEntryProto[], 4 ShardedDimProto[]',
  SimpleShardedDimProto: '1 |int64, 2 |bytes, 3 int64',
  SparseTensorProto: '1 TensorProto, 2 TensorProto, 3 int64[]',
  StringStringEntryProto: '1 bytes, 2 bytes',
  TensorAnnotation: '1 bytes, 2 StringStringEntryProto[]',
  TensorProto: `1 int64[], 2 int32, 3 TensorProto.Segment, 4 float[], 5 int32[], 6 bytes[], 7 int64[], 8 bytes, 9 bytes, 10 double[], 11 int64[], 12 bytes,
    13 StringStringEntryProto[], 14 int32, 16 StringStringEntryProto[]`,
  'TensorProto.Segment': '1 int64, 2 int64',
  TensorShapeProto: '1 TensorShapeProto.Dimension[]',
  'TensorShapeProto.Dimension': '1 |int64, 2 |bytes, 3 bytes',
  TrainingInfoProto: '1 GraphProto, 2 GraphProto, 3 StringStringEntryProto[], 4 StringStringEntryProto[]',
  TypeProto: `1 |TypeProto.Tensor, 4 |TypeProto.Sequence, 5 |TypeProto.Map, 6 bytes, 7 |TypeProto.Opaque, 8 |TypeProto.SparseTensor,
    9 |TypeProto.Optional`,
  'TypeProto.Map': '1 int32, 2 TypeProto',
  'TypeProto.Opaque': '1 bytes, 2 bytes, 3 unused',
  'TypeProto.Optional': '1 TypeProto',
  'TypeProto.Sequence': '1 TypeProto',
  'TypeProto.SparseTensor': '1 int32, 2 TensorShapeProto',
  'TypeProto.Tensor': '1 int32, 2 TensorShapeProto',
  ValueInfoProto: '1 bytes, 2 TypeProto, 3 bytes, 4 StringStringEntryProto[]',
} as const;

/** The name of a message. */
export type MessageName = keyof typeof messages;

/** How what is no message is written; numbers of 32 bits have their own check. */
export const scalars = {
  int32: 'varint',
  int64: 'varint',
  float: 'fixed32',
  double: 'fixed64',
  bytes: 'bytes',
} as const;

/** A field of a message. */
export interface Field {
  readonly type: MessageName | keyof typeof scalars | 'unused';
  /** How often it may come. Default of the format: once. */
  readonly times: 'once' | 'once of several' | 'any';
}

/** The fields of every message, by their numbers. */
export const schema = Object.fromEntries(
  Object.entries(messages).map(([name, fields]) => [name, new Map(fields.split(',').map(readField))]),
) as unknown as Readonly<Record<MessageName, ReadonlyMap<number, Field>>>;

function readField(text: string): [number: number, field: Field] {
  const [number, written = ''] = text.trim().split(' ');
  const times = written.endsWith('[]') ? 'any' : written.startsWith('|') ? 'once of several' : 'once';
  return [Number(number), { type: written.replace(/^\||\[\]$/g, '') as Field['type'], times }];
}
