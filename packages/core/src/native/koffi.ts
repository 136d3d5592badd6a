import { type Koffi, requireKoffi } from './require-koffi.js';

/** koffi, loaded on first use; from then on its members are this object's own, since guest calls use them. */
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
