// What the command `wasmedge-plugins run` needs: a part of the package that is loaded in a fraction of the time that all of it takes.
export { GuestExitError, GuestNotFoundError } from './errors/guest-errors.js';
export { GuestCrashError } from './errors/placement-errors.js';
export { printable, printableName } from './errors/printable.js';
export { InvalidArgumentError } from './errors/runtime-errors.js';
export { hasErrorCode, WasmEdgePluginsError } from './errors/wasmedge-plugins-error.js';
export { readBoundedFile } from './files/read-bounded-file.js';
export { createRuntimeFor } from './placements/create-runtime.js';
export { type KnownPlugin, knownPlugins } from './register/known-plugins.js';
export { pluginPackages } from './register/plugin-packages.js';
export type { GuestNeeds } from './runtime/create-inline-runtime.js';
export { type ReadGuest, readGuest } from './runtime/read-guest.js';
