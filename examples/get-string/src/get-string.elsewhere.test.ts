import { elsewhereTests } from '@wasmedge-plugins/conformance/vitest';
import { suite } from '../conformance/suite.js';
import { getString } from './plugin.js';

await elsewhereTests(suite, { providers: ['embedded'] }, () => [
  {
    name: 'gives the text of its options',
    plugins: [getString({ string: 'übung', upper: true })],
    guest: new URL('get-string.wasm', suite.guests),
    calls: [
      ['get_string', 16, 100, 8],
      ['number', 8],
      ['byte', 16],
    ],
    expected: { done: [undefined, 6, 0xc3] },
  },
]);
