import { onnx } from './plugin.js';

/** The ONNX plug-in in `wasmedge-plugins run`. */
export const commandLine = onnx.commandLine;
export { describeModel } from './describe-model.js';
