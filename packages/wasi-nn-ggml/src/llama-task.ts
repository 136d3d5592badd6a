// What the process of llama.cpp loads.
export { openLlama } from './llama/open-llama.js';
