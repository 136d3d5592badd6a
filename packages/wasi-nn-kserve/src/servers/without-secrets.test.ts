import { printableName } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.js';

it.each([
  ['the whole value', 'Bearer sesame-1234 is bad', 'Bearer [removed] is bad'],
  [
    'the value without its scheme',
    'the token sesame-1234, twice: sesame-1234',
    'the token [removed], twice: [removed]',
  ],
  ['a text that was cut', 'the token sesame-12…', 'the token [removed]…'],
  ['a text that ends in it', 'the token sesame-1', 'the token [removed]'],
  [
    'a text that was cut in the middle',
    'the token … (9 more characters) … same-1234',
    'the token … (9 more characters) … [removed]',
  ],
  ['another that begins like it', 'not sesame-1x99', 'not [removed]x99'],
  ['nothing of it', 'the token is too short', 'the token is too short'],
])('leaves nothing of a secret in %s', (_, text, left) => {
  expect(withoutSecrets(text, { authorization: 'Bearer sesame-1234' })).toBe(left);
});

it('leaves nothing of a long secret in a text as messages show it', () => {
  // The beginning and the end of what a server says are shown.
  const secret = Array.from({ length: 400 }, (_, index) =>
    String.fromCharCode(97 + ((index * index) % 26)),
  ).join('');
  const text = printableName(`no such token: ${secret}`, 300);
  expect(withoutSecrets(text, { authorization: `Bearer ${secret}` })).toMatch(
    /^no such token: \[removed\] … \(\d+ more characters\) … \[removed\]$/,
  );
});

it('keeps what is too short to be one', () => {
  expect(withoutSecrets('it was on', { 'x-debug': 'on', 'x-empty': '' })).toBe('it was on');
});
