// What the helper thread loads when a model runs on LiteRT.js.
export { openLiteRt } from './litert/open.js';
