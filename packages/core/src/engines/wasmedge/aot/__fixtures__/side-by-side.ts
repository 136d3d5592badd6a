// To be imported first: lets V8's WebAssembly and compiled code live in this process.
import { setFlagsFromString } from 'node:v8';
import { sideBySideFlags } from '../side-by-side.js';

for (const flag of sideBySideFlags()) setFlagsFromString(flag);
