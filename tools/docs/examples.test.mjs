// @ts-check
import { expect, it } from 'vitest';
import { lacking } from './examples.mjs';

it('leaves out what needs a library that is not there, unless CI requires it', () => {
  expect(lacking({ needs: undefined }, {})).toBeUndefined();
  expect(lacking({ needs: 'openvino' }, {})).toBe('there is no openvino');
  expect(lacking({ needs: 'openvino' }, { WASMEDGE_PLUGINS_OPENVINO: '/libs' })).toBeUndefined();
  expect(lacking({ needs: 'openvino' }, { CI_REQUIRE: 'v8, openvino' })).toBeUndefined();
});
