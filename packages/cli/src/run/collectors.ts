import { addNativePlugin } from './native-plugin-flag.js';
import { addDir, addEnv, addValue } from './parse-options.js';

/** What reads options that may be given several times, and keeps every value. */
export const collectors: readonly unknown[] = [addDir, addEnv, addNativePlugin, addValue];
