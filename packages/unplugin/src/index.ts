export { guests } from './guests.js';
export type { DeclarationsPlace, GuestsOptions } from './guests-options.js';
