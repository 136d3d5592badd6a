import { oneOf, type Settings, wholeNumber } from '@wasmedge-plugins/wasi-nn/kit';

/** The settings of a model. A guest may ask for threads too, so there is a bound. */
export const settings = {
  outputTypes: oneOf(['f32', 'own']),
  threads: wholeNumber({ min: 1, max: 64 }),
} satisfies Settings;
