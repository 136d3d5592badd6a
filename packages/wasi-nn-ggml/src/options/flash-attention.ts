import type { GuestOption } from './option.js';

/** How attention is computed, as releases from 0.17 on name it. */
const modes = ['on', 'enabled', 'off', 'disabled', 'auto'] as const;

/**
 * The option `flash-attn`, whose form depends on the release. Guests give the form of their release; the host, which gives it for all of them, may give either.
 */
export function flashAttention(
  ofGuests: 'boolean' | 'string',
): GuestOption<boolean | (typeof modes)[number]> {
  const must = { boolean: 'true or false', string: `one of ${modes.join(', ')}` };
  return {
    level: 'context',
    since: '0.15',
    use: 'served',
    must: `be true or false, or ${must.string}`,
    accepts: (value) => typeof value === 'boolean' || modes.some((mode) => mode === value),
    refuseGuest: (value) =>
      (typeof value === 'boolean') === (ofGuests === 'boolean')
        ? undefined
        : `flash-attn must be ${must[ofGuests]}`,
  };
}
