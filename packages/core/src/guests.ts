export {
  type GuestTypesOptions,
  generateGuestTypes,
} from './guest-types/generate-guest-types.js';
export { type GuestNeeds, guestNeeds } from './guest-types/guest-needs.js';
export type { GuestTypesForm } from './guest-types/guest-types-form.js';
export { type GuestLoader, type GuestLoadOptions, guestLoader } from './placements/guest-loader.js';
export type {
  GuestShape,
  PromisedFunctions,
  TypedGlobal,
  TypedInstance,
  TypedPlacedGlobal,
  TypedPlacedInstance,
} from './placements/interface/typed-guest.js';
export { type ReadGuest, readGuest } from './runtime/read-guest.js';
