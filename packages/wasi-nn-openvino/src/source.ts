import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';

/** An OpenVINO model: its intermediate representation in two files. */
export interface OpenVINOSource extends ModelSource {
  /** The XML file: its path or file URL, or its bytes. */
  readonly xml: ModelPart;
  /** The weights, a `.bin` file: its path or file URL, or its bytes. */
  readonly weights: ModelPart;
  /** Settings of this model. Default: those of {@link OpenVINOConfig}. */
  readonly config?: OpenVINOConfig;
}

/** A model of ONNX or TensorFlow Lite for OpenVINO, which is one file; only with the option `formats`. */
export interface OpenVINOFileSource extends ModelSource {
  /** The `.onnx` or `.tflite` file: its path or file URL, or its bytes; of TensorFlow Lite, its path or URL. */
  readonly xml: ModelPart;
  /** Such a model has none. Default: none. */
  readonly weights?: undefined;
  /** Settings of this model. Default: those of {@link OpenVINOConfig}. */
  readonly config?: OpenVINOConfig;
}

/** Settings of a model; a guest passes them as JSON to `load_by_name_with_config`. */
export interface OpenVINOConfig {
  /** The device as OpenVINO names it, such as `CPU`, `GPU.1` or `AUTO:GPU,CPU`. Default: chosen by the target. */
  readonly device?: string;
  /** New shapes of inputs, by name. Default: as the model has them. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  /** Properties of the device for this model, such as `{ INFERENCE_NUM_THREADS: '2' }`. Default: OpenVINO's. */
  readonly properties?: Readonly<Record<string, string>>;
}
