import { expect, expectTypeOf, it } from 'vitest';
import { readConfig } from './read-config.js';
import { oneOf, tableOf, textLike, wholeNumber, yesOrNo } from './setting.js';

const settings = {
  threads: wholeNumber({
    min: 1,
    max: 8,
    refuseGuest: (value) => (value > 2 ? 'two threads at most' : undefined),
  }),
  mode: oneOf(['fast', 'exact', 'both']),
  quiet: yesOrNo(),
  name: textLike(/^[a-z]+$/, 'be a small word', { errno: 'not_found' }),
  names: tableOf((value) => typeof value === 'string', 'be an object of strings'),
};
const all = { threads: 2, mode: 'exact', quiet: false, name: 'abc', names: { a: 'b' } };

it('gives the settings with their types', () => {
  const config = readConfig(settings, JSON.stringify(all), 'guest');
  expect(config).toEqual(all);
  expectTypeOf(config).toEqualTypeOf<{
    readonly threads?: number;
    readonly mode?: 'fast' | 'exact' | 'both';
    readonly quiet?: boolean;
    readonly name?: string;
    readonly names?: Readonly<Record<string, string>>;
  }>();
  expect(readConfig(settings, undefined, 'guest')).toEqual({});
});

it.each([
  ['{', /it is not valid JSON/],
  ['[]', /it must be a JSON object/],
  ['null', /it must be a JSON object/],
  ['{"thread":1}', /no setting thread; there are: threads, mode, quiet, name, names/],
  ['{"toString":1}', /no setting toString/],
  ['{"__proto__":1}', /no setting __proto__/],
  ['{"threads":9}', /threads must be a whole number from 1 to 8/],
  ['{"threads":"2"}', /threads must be a whole number/],
  ['{"mode":"none"}', /mode must be 'fast', 'exact' or 'both'/],
  ['{"quiet":1}', /quiet must be true or false/],
  ['{"names":["a"]}', /names must be an object of strings/],
  ['{"names":{"a":1}}', /names must be an object of strings/],
])('refuses %s', (text, message) => {
  expect(() => readConfig(settings, text, 'host')).toThrow(message);
});

it('takes from a host what a guest may not choose', () => {
  expect(readConfig(settings, '{"threads":3}', 'host')).toEqual({ threads: 3 });
  expect(() => readConfig(settings, '{"threads":3}', 'guest')).toThrow(/two threads at most/);
});

it('gives the error codes that the table and the rules say', () => {
  const errnoOf = (text: string, rules = {}) => {
    try {
      readConfig(settings, text, 'guest', rules);
    } catch (error) {
      return (error as { errnoName: string }).errnoName;
    }
    return 'success';
  };
  expect(errnoOf('{"name":"A"}')).toBe('not_found');
  expect(errnoOf('{', { malformed: 'invalid_encoding' })).toBe('invalid_encoding');
  expect(errnoOf('{"other":1,"threads":1}', { unknown: 'ignore' })).toBe('success');
  expect(readConfig(settings, '{"other":1,"threads":1}', 'guest', { unknown: 'ignore' })).toEqual({
    threads: 1,
  });
  const rules = { unknown: 'ignore', withoutEffect: { port: wholeNumber({ min: 0, max: 9 }) } } as const;
  expect(errnoOf('{"port":"x"}', rules)).toBe('invalid_argument');
  expect(readConfig(settings, '{"port":1}', 'guest', rules)).toEqual({});
  expect(() => readConfig(settings, '{"port":1}', 'host', rules)).toThrow(/no setting port/);
});

it('wants whole numbers of guests to be written as such where the rules say so', () => {
  const exact = { wholeNumbers: 'exact', unknown: 'ignore' } as const;
  for (const text of ['{"threads":1.0}', '{"threads":1e0}', '{"threads":10E-1}']) {
    expect(() => readConfig(settings, text, 'guest', exact)).toThrow(
      /threads must be written without a fraction/,
    );
    expect(readConfig(settings, text, 'guest')).toEqual({ threads: 1 });
    expect(readConfig(settings, text, 'host', exact)).toEqual({ threads: 1 });
  }
  expect(readConfig(settings, '{"threads":1,"other":{"threads":1.0}}', 'guest', exact)).toEqual({
    threads: 1,
  });
});
