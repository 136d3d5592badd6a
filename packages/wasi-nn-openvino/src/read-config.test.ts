import { NnError } from '@wasmedge-plugins/wasi-nn';
import { readConfig as read } from '@wasmedge-plugins/wasi-nn/kit';
import { expect, it } from 'vitest';
import { settings } from './read-config.js';

const readConfig = (text: string | undefined, from: 'host' | 'guest') => read(settings, text, from);

it('reads nothing as no settings', () => {
  expect(readConfig(undefined, 'guest')).toEqual({});
  expect(readConfig('{}', 'guest')).toEqual({});
});

it.each([
  { device: 'CPU' },
  { device: 'GPU.1' },
  { device: 'AUTO:GPU,CPU(4)' },
  { shapes: { x: [1, 3, 224, 224], y: [] } },
  { properties: { INFERENCE_NUM_THREADS: '2' } },
])('reads the settings %j', (config) => {
  expect(readConfig(JSON.stringify(config), 'host')).toEqual(config);
});

it.each([
  ['what is not JSON', '{', /not valid JSON/],
  ['a list', '[]', /a JSON object/],
  ['null', 'null', /a JSON object/],
  ['an unknown setting', '{"model":"x"}', /no setting model; there are: device, shapes, properties/],
  ['a name of every object', '{"constructor":1}', /no setting constructor/],
  ['a device that is a path', '{"device":"../CPU"}', /device must be/],
  ['a device that is a number', '{"device":1}', /device must be/],
  ['shapes in a list', '{"shapes":[[1]]}', /shapes must be/],
  ['a shape with a zero', '{"shapes":{"x":[0]}}', /whole numbers from 1/],
  ['a shape with a fraction', '{"shapes":{"x":[1.5]}}', /whole numbers from 1/],
  ['a shape of 2^31', '{"shapes":{"x":[2147483648]}}', /whole numbers from 1/],
  ['a shape of 9 dimensions', '{"shapes":{"x":[1,1,1,1,1,1,1,1,1]}}', /shapes must be/],
  ['a property that is a number', '{"properties":{"A":1}}', /properties must be/],
])('refuses %s', (_name, text, message) => {
  expect(() => readConfig(text, 'host')).toThrow(NnError);
  expect(() => readConfig(text, 'host')).toThrow(message);
});

it('takes from a guest what chooses between ways to compute', () => {
  const config = {
    device: 'AUTO:GPU,CPU',
    shapes: { x: [1, 3, 1024, 1024] },
    properties: { INFERENCE_NUM_THREADS: '2', PERFORMANCE_HINT: 'LATENCY', INFERENCE_PRECISION_HINT: 'f32' },
  };
  expect(readConfig(JSON.stringify(config), 'guest')).toEqual(config);
});

it.each([
  [{ properties: { CACHE_DIR: '/tmp' } }, /must not set the property CACHE_DIR/],
  [{ properties: { constructor: 'x' } }, /must not set the property constructor/],
  [{ properties: { INFERENCE_NUM_THREADS: '100000' } }, /must not set the property INFERENCE_NUM_THREADS/],
  [{ device: 'BATCH:CPU(100000)' }, /must not choose the device/],
  [{ shapes: { x: [8193, 8192] } }, /at most 67108864 elements/],
])('refuses %j from a guest, and takes it from the host', (config, message) => {
  const text = JSON.stringify(config);
  expect(() => readConfig(text, 'guest')).toThrow(message);
  expect(readConfig(text, 'host')).toEqual(config);
});
