// @ts-check
// A program that keeps a language model loaded until it is killed; it needs what was built.
import { ggml } from '../../dist/index.js';

const session = await ggml().session({ file: new URL(process.argv[2] ?? '') });
process.send?.('loaded');
setInterval(() => session, 1000);
