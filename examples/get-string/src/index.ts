export { getString } from './plugin.js';
