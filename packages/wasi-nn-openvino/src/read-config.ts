import { type Settings, tableOf, textLike } from '@wasmedge-plugins/wasi-nn/kit';

/** Properties of OpenVINO that choose between ways to compute. Others name files and folders, or say how much is to be kept. */
const harmless: Readonly<Record<string, RegExp>> = {
  EXECUTION_MODE_HINT: /^[A-Z_]{1,32}$/,
  INFERENCE_NUM_THREADS: /^\d{1,2}$/,
  INFERENCE_PRECISION_HINT: /^[a-z0-9]{1,16}$/,
  PERFORMANCE_HINT: /^[A-Z_]{1,32}$/,
};

/** Most elements that a guest may shape an input to. */
const maxElements = 2 ** 26;

/** The settings of a model. */
export const settings = {
  device: textLike(/^[A-Z][\w.,:()-]*$/, 'be a name such as CPU, GPU or AUTO', {
    // In parentheses a device's name can have the size of a batch.
    refuseGuest: (device) =>
      device.includes('(') ? `a guest must not choose the device ${device}` : undefined,
  }),
  shapes: tableOf(isShape, 'be an object of arrays of whole numbers from 1', {
    refuseGuest: (shapes) => {
      const large = Object.entries(shapes).find(([, shape]) => elements(shape) > maxElements);
      return large && `a guest may resize the input ${large[0]} to at most ${maxElements} elements`;
    },
  }),
  properties: tableOf((value) => typeof value === 'string', 'be an object of strings', {
    refuseGuest: (properties) => {
      const harmful = Object.entries(properties).find(([name, value]) => !isHarmless(name, value));
      return (
        harmful &&
        `a guest must not set the property ${harmful[0]} to that; it may set ${Object.keys(harmless).join(', ')}`
      );
    },
  }),
} satisfies Settings;

function isShape(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length <= 8 &&
    value.every((length) => Number.isSafeInteger(length) && length >= 1 && length < 2 ** 31)
  );
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function isHarmless(name: string, value: string): boolean {
  return Object.hasOwn(harmless, name) && harmless[name]?.test(value) === true;
}
