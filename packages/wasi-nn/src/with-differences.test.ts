import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { expect, it } from 'vitest';
import { withDifferences } from '../conformance/with-differences.js';

const cases: readonly ConformanceCase[] = ['one', 'two'].map((name) => ({ name, source: 'none', run() {} }));

it('says of the named cases what upstream does instead', () => {
  const differing = withDifferences(cases, { two: 'upstream answers 1' });
  expect(differing.map(({ upstreamDiffers }) => upstreamDiffers)).toEqual([undefined, 'upstream answers 1']);
});

it('refuses a name that no case has', () => {
  expect(() => withDifferences(cases, { three: 'upstream answers 1' })).toThrow('No case has the name three');
});
