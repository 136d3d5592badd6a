import { type Settings, wholeNumber, yesOrNo } from '@wasmedge-plugins/wasi-nn/kit';

/** The settings of a model. */
export const settings = {
  threads: wholeNumber({ min: 1, max: 64 }),
  resize: yesOrNo({
    refuseGuest: (resize) => (resize ? 'only the host may allow a model to be resized' : undefined),
  }),
} satisfies Settings;
