import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildGuest } from '../__fixtures__/guests.js';
import { installAlone } from '../__fixtures__/installation.js';
import { runBin } from '../__fixtures__/run-bin.js';
import { inFlags } from './in-flags.js';

it.each([
  ["Get another, or use provider: 'embedded'.", 'Get another, or use --provider embedded.'],
  ["use engine: 'wasmedge', or provider: 'embedded'", 'use --engine wasmedge, or --provider embedded'],
  ['raise limits.cost, or find the loop', 'raise --gas-limit, or find the loop'],
  ['the 200 ms of limits.timeoutMs', 'the 200 ms of --time-limit'],
  ["name the model, or set guestModels: 'allow'.", 'name the model, or set --nn-guest-models.'],
  ['imports "env"."limits.cost", raise limits.cost', 'imports "env"."limits.cost", raise --gas-limit'],
  ['by one of the 2 keys in nativePlugins.publicKeys.', 'by one of the 2 keys in --public-key.'],
  ['wasi.preopens has two folders', '--dir has two folders'],
  [
    'Pass a host module "env" to createRuntime, or instantiate a guest under that name first.',
    'Load the native plug-in that has it with --native-plugin, or build the guest without this import.',
  ],
])('says in flags: %s', (message, expected) => {
  expect(inFlags(message)).toBe(expected);
});

it('names the flags in errors of the command', async () => {
  const { folder: cwd, bin } = installAlone();
  const big = await buildGuest('(module (memory 100) (func (export "_start")))');
  expect(runBin(['run', '--memory-page-limit', '1', big], { cwd, bin }).stderr).toContain(
    'Raise --memory-page-limit, or',
  );
  const crypto = await buildGuest(
    '(module (import "wasi_ephemeral_crypto_kx" "x" (func)) (func (export "_start")))',
  );
  expect(runBin(['run', crypto], { cwd, bin }).stderr).toContain(
    'install @wasmedge-plugins/wasi-crypto. [ERR_MISSING_IMPORT]',
  );
});

it('says in flags what is wrong with a value of an option', async () => {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const guest = await buildGuest('(module (func (export "_start")))');
  for (const [flags, says] of [
    [
      '--plugin wasmedge_httpsreq --allow-address foo',
      '--allow-address must be an address or a range, such as',
    ],
    ['--plugin wasmedge_httpsreq --allow-host a/b', '--allow-host has the entry "a/b", which is not a host'],
    [`--plugin wasmedge_httpsreq --ca ${guest}`, '--ca must name a file of certificates in PEM.'],
    ['--plugin wasmedge_process --allow-env A=B', '--allow-env must be the name of a variable or a prefix'],
    ['--dir /a:no-such-folder', '--dir "/a" names the folder "no-such-folder", which cannot be accessed'],
  ] as const) {
    expect(runBin(['run', ...flags.split(' '), guest], { cwd }).stderr).toContain(`error: ${says}`);
  }
});
