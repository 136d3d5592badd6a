// What the helper thread loads when a model runs on onnxruntime-web.
export { openOnnxRuntimeWeb } from './web/open.js';
