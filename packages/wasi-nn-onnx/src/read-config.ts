import { oneOf, type Setting, type Settings, wholeNumber } from '@wasmedge-plugins/wasi-nn/kit';

const maxProviders = 8;

const providers: Setting<readonly string[]> = {
  must: `be a list of at most ${maxProviders} names of execution providers, such as ["CoreML"]`,
  accepts: (value) =>
    Array.isArray(value) &&
    value.length <= maxProviders &&
    value.every((name) => typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name)),
  refuseGuest: () => 'only the host may name execution providers',
};

/** The settings of a model. */
export const settings = {
  threads: wholeNumber({ min: 1, max: 64 }),
  optimization: oneOf(['none', 'basic', 'extended', 'all']),
  providers,
} satisfies Settings;
