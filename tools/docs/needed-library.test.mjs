// @ts-check
import { expect, it } from 'vitest';
import { lacksLibrary } from './needed-library.mjs';

it('leaves out what needs a library that is not there, unless CI requires it', () => {
  expect(lacksLibrary(['no-run'], {})).toBe(false);
  expect(lacksLibrary(['needs=openvino'], {})).toBe(true);
  expect(lacksLibrary(['needs=openvino'], { WASMEDGE_PLUGINS_OPENVINO: '/libs' })).toBe(false);
  expect(lacksLibrary(['needs=openvino'], { CI_REQUIRE: 'v8, openvino' })).toBe(false);
  expect(() => lacksLibrary(['needs=openvin'], {})).toThrow('known are openvino');
});
