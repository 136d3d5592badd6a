import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from './check-option-names.js';

interface Options {
  readonly allowHosts?: readonly string[];
  readonly timeoutMs?: number;
}

const check = (options: unknown) =>
  checkOptionNames<Options>('httpsReqPlugin()', options, { allowHosts: true, timeoutMs: true });

describe('checkOptionNames', () => {
  it('takes known names and an object without any', () => {
    expect(() => check({})).not.toThrow();
    expect(() => check({ timeoutMs: 1 })).not.toThrow();
    expect(() => check(Object.create(null))).not.toThrow();
  });

  it.each([
    [
      'allowHost',
      'httpsReqPlugin() has no option allowHost. Did you mean allowHosts? There are: allowHosts, timeoutMs.',
    ],
    [
      'timeout',
      'httpsReqPlugin() has no option timeout. Did you mean timeoutMs? There are: allowHosts, timeoutMs.',
    ],
    ['pin', 'httpsReqPlugin() has no option pin. There are: allowHosts, timeoutMs.'],
    ['toString', 'httpsReqPlugin() has no option toString. There are: allowHosts, timeoutMs.'],
  ])('refuses %s, with the names that there are', (name, message) => {
    expect(() => check({ [name]: 1 })).toThrow(new InvalidArgumentError(message));
  });

  it.each([
    [new Map([['allowHosts', []]]), 'a Map'],
    [new Set(['allowHosts']), 'a Set'],
    [['allowHosts'], 'an array'],
    [new Int8Array(1), 'an Int8Array'],
    [null, 'null'],
    ['allowHosts', '"allowHosts"'],
    [() => 1, 'a function'],
  ])('refuses what has no options: %s', (options, shown) => {
    expect(() => check(options)).toThrow(
      `The options of httpsReqPlugin() must be an object of values by name, not ${shown}.`,
    );
  });
});
