import { getString } from './plugin.js';

export const { commandLine } = getString;
