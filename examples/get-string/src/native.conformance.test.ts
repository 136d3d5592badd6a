import { runSuite } from '@wasmedge-plugins/conformance';
import { findWasmEdge } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { buildNative, languages } from '../conformance/build-native.js';
import { suite } from '../conformance/suite.js';

const missing = await findWasmEdge().then(
  () => buildNative('C').then(() => undefined, String),
  (error: Error) => error.message,
);

describe('the native plug-in', () => {
  if (missing !== undefined && !process.env.CI) {
    it.skip(`cannot be built here: ${missing.split('\n', 1)[0]}`);
    return;
  }
  for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
    it(`in ${language} passes the suite`, { timeout: 120_000 }, async () => {
      const nativePath = await buildNative(language);
      const report = await runSuite(suite, { engine: 'wasmedge', provider: 'native', nativePath });
      expect(report.cases.map(({ name, status }) => [name, status])).toEqual(
        suite.cases.map(({ name }) => [name, 'passed']),
      );
    });
  }
});
