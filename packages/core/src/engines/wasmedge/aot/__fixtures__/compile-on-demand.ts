import { compileNatively } from '../../../../native/__fixtures__/compile-natively.js';
import type { CompiledCodeSource } from '../compiled-code.js';

/** Compiles whatever it is asked for; counts the guests. */
export function compileOnDemand(): CompiledCodeSource & { guests: number } {
  return {
    guests: 0,
    find(guest, form) {
      this.guests++;
      const bytes = compileNatively(guest, { metered: form === 'metered' });
      return { bytes, form };
    },
  };
}
