// What the helper thread loads when a model runs on LiteRT.js.
export { answer } from './litert/answer.js';
