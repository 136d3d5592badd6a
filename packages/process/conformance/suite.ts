import type { ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import { processPluginName } from '../src/abi.js';
import type { CommandRules } from '../src/options.js';
import { processPlugin } from '../src/plugin.js';
import { allowListCases } from './cases/allow-list.js';
import { argumentCases } from './cases/arguments.js';
import { exitCodeCases } from './cases/exit-codes.js';
import { failureCases } from './cases/failures.js';
import { limitCases } from './cases/limits.js';
import { rangeCases } from './cases/ranges.js';
import { stateCases } from './cases/state.js';
import { streamCases } from './cases/streams.js';
import { timeoutCases } from './cases/timeouts.js';
import { variableCases } from './cases/variables.js';

/** What the process plug-in must do, on any engine and provider. */
export const suite: ConformanceSuite = {
  plugin: processPluginName,
  title: 'Process plug-in',
  module: '@wasmedge-plugins/process/conformance',
  // From the source, and from the built file in `dist`.
  guests: new URL(import.meta.url.endsWith('.ts') ? './' : '../conformance/', import.meta.url),
  cases: [
    ...exitCodeCases,
    ...streamCases,
    ...argumentCases,
    ...allowListCases,
    ...variableCases,
    ...failureCases,
    ...timeoutCases,
    ...rangeCases,
    ...stateCases,
    ...limitCases,
  ],
  createPlugin({ provider, nativePath, options }: ProviderSetup) {
    return processPlugin({ ...(options as CommandRules | undefined), provider, nativePath });
  },
};
