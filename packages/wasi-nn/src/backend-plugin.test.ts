import { createRuntime, InvalidArgumentError, type PluginOptionDefinitions } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { type SumSource, sumKind } from './__fixtures__/sum-plugin.js';
import { defineBackendPlugin } from './backend-plugin.js';

const ownOptions = {
  ink: { type: 'choice', choices: ['blue', 'red'], default: 'blue', description: 'the ink', flags: [] },
} as const satisfies PluginOptionDefinitions;

describe('a backend of which WasmEdge has no native plug-in', () => {
  const { nativeWarning: _, ...kind } = sumKind();

  it('refuses the provider native', () => {
    const define = defineBackendPlugin<SumSource>(kind);
    expect(() => define({ provider: 'native' })).toThrow(InvalidArgumentError);
    expect(() => define({ provider: 'native' })).toThrow(
      'sumPlugin(): WasmEdge has no native plug-in for pytorch models; leave out provider.',
    );
    expect(define().provider).toBe('embedded');
  });

  it('has nothing to choose from', () => {
    const define = defineBackendPlugin<SumSource>({ ...kind, unavailable: () => 'libsum was not found' });
    expect(() => define({ provider: 'auto' })).toThrow(/provider must be 'embedded' or 'native'/);
  });
});

describe('options that the native plug-in has not', () => {
  const define = defineBackendPlugin<SumSource, typeof ownOptions>({
    ...sumKind(),
    options: ownOptions,
    unavailable: () => 'libsum was not found\nInstall it',
    nativeProblem: ({ ink }) => (ink === 'blue' ? undefined : 'the native plug-in writes in blue.'),
  });

  it('are refused together with it', () => {
    expect(() => define({ provider: 'native', ink: 'red' })).toThrow(InvalidArgumentError);
    expect(() => define({ provider: 'native', ink: 'red' })).toThrow('the native plug-in writes in blue.');
    expect(define({ provider: 'native', ink: 'blue' }).provider).toBe('native');
  });

  it('are a reason for auto not to take it', () => {
    expect(define({ provider: 'auto', ink: 'red' })).toMatchObject({
      provider: 'embedded',
      reason: 'its library is missing (libsum was not found), but the native plug-in writes in blue',
    });
  });
});

it('the report has what backends chose, and nothing of those that choose nothing', async () => {
  const choices = ['models run on paper: nothing else was found', 'in pencil: it was there'];
  const chosen = defineBackendPlugin(sumKind({ ...sumBackend(), choices: () => choices }))();
  const plain = defineBackendPlugin(sumKind(sumBackend({ encoding: 4 })))();
  const report = async (plugins: (typeof plain)[]) => {
    using runtime = await createRuntime({ engine: 'v8', plugins });
    return runtime.report().plugins;
  };
  expect(await report([plain])).toEqual([expect.not.objectContaining({ choices: expect.anything() })]);
  expect(await report([chosen])).toMatchObject([{ choices }]);
  // Several are one plug-in.
  expect(await report([plain, chosen])).toMatchObject([{ choices }]);
});
