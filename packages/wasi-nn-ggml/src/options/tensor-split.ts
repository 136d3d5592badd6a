import { type GuestOption, text } from './option.js';

/** As many devices as llama.cpp can have. */
const mostDevices = 16;

/** Shares of devices with commas between them, of which llama.cpp takes no more than it can have devices. */
export const tensorSplit: GuestOption<string> = {
  ...text('model', { use: 'ignored' }),
  must: `be up to ${mostDevices} numbers with commas between them`,
  accepts: (value) => typeof value === 'string' && value.split(',').length <= mostDevices,
};
