import { onnx } from '@wasmedge-plugins/wasi-nn-onnx';
import { openVINO } from '@wasmedge-plugins/wasi-nn-openvino';
import { pytorch } from '@wasmedge-plugins/wasi-nn-pytorch';
import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
import { channelsFirst, channelsLast, projectFile } from './shapes.js';

const openVinoModel = {
  xml: projectFile('models/shapes.xml'),
  weights: projectFile('models/shapes.bin'),
};
const onnxModel = { file: projectFile('models/shapes.onnx') };
const pytorchModel = { file: projectFile('models/shapes.pt') };
const tfliteModel = { file: projectFile('models/shapes.tflite') };

/** Each backend: its plug-in for guests, who load the model by the backend's name, and a session for TypeScript. */
export const backends = {
  onnx: {
    layout: 'nchw',
    plugin: () => onnx({ models: { onnx: onnxModel } }),
    session: () => onnx().session({ ...onnxModel, model: channelsFirst }),
  },
  openvino: {
    layout: 'nchw',
    plugin: () => openVINO({ models: { openvino: openVinoModel } }),
    session: () => openVINO().session({ ...openVinoModel, model: channelsFirst }),
  },
  pytorch: {
    layout: 'nchw',
    plugin: () => pytorch({ models: { pytorch: pytorchModel } }),
    session: () => pytorch().session({ ...pytorchModel, model: channelsFirst }),
  },
  tflite: {
    layout: 'nhwc',
    plugin: () => tflite({ models: { tflite: tfliteModel } }),
    session: () => tflite().session({ ...tfliteModel, model: channelsLast }),
  },
} as const;

export type BackendName = keyof typeof backends;

export const backendNames = Object.keys(backends) as BackendName[];
