import { runSuite } from '@wasmedge-plugins/conformance';
import { expect, it } from 'vitest';
import { errnoName, errnoNames } from '../conformance/drive/errno.js';
import { functionNames } from '../conformance/drive/raw-calls.js';
import { watchedPlugin } from '../conformance/drive/watched-plugin.js';
import { suite } from '../conformance/suite.js';

/** What the embedded provider has no occasion to answer. */
const unreachable = [
  // Bugs, and a host without random numbers.
  'guest_error',
  'rng_error',
  'internal_error',
  // Every function does what it is for.
  'not_implemented',
  // No managed key is barred from being exported, and none expires.
  'prohibited_operation',
  'expired',
  // No option is without its default, no algorithm wants parameters, and every function ends in one call.
  'option_not_set',
  'parameters_missing',
  'in_progress',
];

it('the suite calls every function, most of them with success and with errors, and meets every error code', {
  timeout: 120_000,
}, async () => {
  const answers = new Map<string, Set<string>>();
  const watched = {
    ...suite,
    createPlugin: (setup: Parameters<typeof suite.createPlugin>[0]) =>
      watchedPlugin(suite.createPlugin(setup), (name, _caller, call) => {
        const errno = call();
        answers.set(name, (answers.get(name) ?? new Set()).add(errnoName(errno)));
        return errno;
      }),
  };
  const { ok } = await runSuite(watched, { engine: 'v8', provider: 'embedded' });
  expect(ok).toBe(true);
  expect([...answers.keys()].sort()).toEqual([...functionNames].sort());

  const met = new Set([...answers.values()].flatMap((names) => [...names]));
  expect([...met].sort()).toEqual(errnoNames.filter((name) => !unreachable.includes(name)).sort());

  const neverSucceeded = functionNames.filter((name) => answers.get(name)?.has('success') !== true);
  // No construction ratchets, and no state has an option that is a number.
  expect(neverSucceeded).toEqual(['symmetric_state_options_get_u64', 'symmetric_state_ratchet']);
  const neverFailed = functionNames.filter((name) => (answers.get(name)?.size ?? 0) < 2);
  expect(neverFailed).toEqual([]);
});
