import { type Setting, type Settings, tableOf, textLike, wholeNumber } from '@wasmedge-plugins/wasi-nn/kit';
import { maxTimeoutMs } from './models/bounds.js';
import type { ParameterValue } from './protocol/messages.js';

/** Most names in a list of a configuration, and characters of each of its texts. */
const maxNames = 4096;
const maxText = 4096;

/** The settings that a guest may pass to `load_by_name_with_config`; what the model allows of them is checked when it is loaded. */
export const settings = {
  version: textLike(
    /^(?!\.{1,2}$)[\w.-]{1,64}$/,
    'be a version such as 3: letters, digits, points and dashes',
  ),
  timeoutMs: wholeNumber({ min: 1, max: maxTimeoutMs }),
  parameters: tableOf(
    (value): value is ParameterValue =>
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value)) ||
      (typeof value === 'string' && value.length <= maxText),
    'be an object of strings, numbers and booleans by name',
  ),
  outputs: {
    must: 'be a list of names of outputs',
    accepts: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= maxNames &&
      new Set(value).size === value.length &&
      value.every((name) => typeof name === 'string' && name !== '' && name.length <= maxText),
  } satisfies Setting<readonly string[]> as Setting<readonly string[]>,
} satisfies Settings;
