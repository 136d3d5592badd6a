import { type Koffi, requireKoffi } from './require-koffi.js';

/** koffi, loaded when something of it is first asked for; from then on its members are this object's own, as calls of guests use them. */
export const koffi = Object.create(
  new Proxy(Object.prototype, {
    get(prototype, name) {
      const loaded = requireKoffi();
      Object.setPrototypeOf(koffi, prototype);
      Object.assign(koffi, loaded);
      return Reflect.get(koffi, name);
    },
  }),
) as Koffi;
