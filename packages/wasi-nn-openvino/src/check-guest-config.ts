import type { OpenVINOConfig } from './source.js';

/** Properties that choose between ways to compute. Others name files and folders, or say how much is to be kept. */
const harmless: Readonly<Record<string, RegExp>> = {
  EXECUTION_MODE_HINT: /^[A-Z_]{1,32}$/,
  INFERENCE_NUM_THREADS: /^\d{1,2}$/,
  INFERENCE_PRECISION_HINT: /^[a-z0-9]{1,16}$/,
  PERFORMANCE_HINT: /^[A-Z_]{1,32}$/,
};

/** Most elements that a guest may shape an input to. */
const mostElements = 2 ** 26;

/** Why a guest may not load a model with these settings; `undefined` when it may. */
export function checkGuestConfig({
  device,
  shapes = {},
  properties = {},
}: OpenVINOConfig): string | undefined {
  // In parentheses a device's name can have the size of a batch.
  if (device?.includes('(')) return `a guest may not choose the device ${device}`;
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.reduce((product, length) => product * length, 1) > mostElements) {
      return `a guest may shape the input ${name} to ${mostElements} elements at most`;
    }
  }
  for (const [name, value] of Object.entries(properties)) {
    const pattern = Object.hasOwn(harmless, name) ? harmless[name] : undefined;
    if (pattern?.test(value) !== true) {
      return `a guest may not set the property ${name} to that; it may set ${Object.keys(harmless).join(', ')}`;
    }
  }
  return undefined;
}
