import { tflite } from './plugin.js';

/** The TensorFlow Lite plug-in in `wasmedge-plugins run`. */
export const commandLine = tflite.commandLine;
export { describeModel } from './describe-model.js';
