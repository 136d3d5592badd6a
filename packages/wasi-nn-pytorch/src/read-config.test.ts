import { NnError } from '@wasmedge-plugins/wasi-nn';
import { readConfig as read } from '@wasmedge-plugins/wasi-nn/kit';
import { expect, it } from 'vitest';
import { settings } from './read-config.js';

const readConfig = (text: string | undefined) => read(settings, text, 'guest');

it('reads settings, and none', () => {
  expect(readConfig(undefined)).toEqual({});
  expect(readConfig('{"outputTypes":"own","threads":64}')).toEqual({ outputTypes: 'own', threads: 64 });
});

it.each([
  ['', /not valid JSON/],
  ['null', /JSON object/],
  ['[1]', /JSON object/],
  ['{"threads":65}', /from 1 to 64/],
  ['{"threads":1.5}', /from 1 to 64/],
  ['{"outputTypes":"f16"}', /'f32' or 'own'/],
  ['{"preload":"/etc/passwd"}', /no setting preload; there are: outputTypes, threads/],
])('refuses %j', (text, message) => {
  expect(() => readConfig(text)).toThrow(NnError);
  expect(() => readConfig(text)).toThrow(message);
});
