import type { DataType } from './data-type.js';

/** A model on a server. */
export interface ModelName {
  /** Its name there. */
  readonly name: string;
  /** Its version there; absent where the server chooses. */
  readonly version?: string | undefined;
}

/** A parameter of a request. */
export type ParameterValue = boolean | number | bigint | string;

/** Parameters by name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Where a tensor lies in memory that server and client share. */
export interface SharedRange {
  /** The region's name, as it was registered. */
  readonly region: string;
  /** Bytes from the region's start. */
  readonly offset: number;
  readonly byteLength: number;
}

/** An input of a request. */
export interface InferInput {
  readonly name: string;
  readonly dataType: DataType;
  readonly shape: readonly number[];
  /** Row-major, little-endian; or where it lies. */
  readonly data: Uint8Array | SharedRange;
}

/** An output that is asked for. */
export interface RequestedOutput {
  readonly name: string;
  /** Where the server is to put it. Default: into the answer. */
  readonly into?: SharedRange | undefined;
}

/** One inference. */
export interface InferRequest {
  readonly model: ModelName;
  /** Stands in the server's log and messages. */
  readonly id: string;
  readonly parameters: Parameters;
  readonly inputs: readonly InferInput[];
  /** Empty: all that the model has. */
  readonly outputs: readonly RequestedOutput[];
}

/** An output of an inference. */
export interface InferOutput {
  readonly name: string;
  readonly dataType: DataType;
  readonly shape: readonly number[];
  /** Row-major, little-endian, with a buffer of its own or a view of the answer; absent if it lies in shared memory. */
  readonly data: Uint8Array | undefined;
}

/** The answer to an inference: its shape is checked, but not whether it is what was asked for. */
export interface InferResponse {
  readonly model: ModelName;
  readonly id: string;
  readonly outputs: readonly InferOutput[];
}

/** An input or output, as a server describes it. */
export interface TensorMetadata {
  readonly name: string;
  /** The server's word, which may be unknown here. */
  readonly dataType: string;
  /** The length of each dimension; -1 for any. */
  readonly shape: readonly number[];
}

/** What a server says of a model. Servers may say nothing of inputs and outputs. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

/** What a server says of itself. */
export interface ServerMetadata {
  readonly name: string;
  readonly version: string;
  readonly extensions: readonly string[];
}

/** A model in a server's repository. */
export interface RepositoryModel {
  readonly name: string;
  readonly version: string;
  readonly state: string;
}
