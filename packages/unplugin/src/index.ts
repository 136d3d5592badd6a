export { guests } from './guests.js';
export type { DeclarationsPlace, GuestsOptions } from './guests-options.js';
export type { CompilerPlugin, GuestsPlugins, NamedPlugin, SetupPlugin } from './guests-plugins.js';
