// @ts-check
import { expect, test } from 'vitest';
import { describeLeftOut } from './left-out.mjs';
import { setupMode } from './mode.mjs';
import { commandsFor, planLibwasmedge } from './plan-libwasmedge.mjs';

/** @typedef {Omit<import('./plan-libwasmedge.mjs').Machine, 'root' | 'mode'>} System */

/** @type {Record<string, System>} */
const systems = {
  'Debian 12': { platform: 'linux', apt: true, lists: true, ownPackage: false, debian12: true },
  'Debian 13': { platform: 'linux', apt: true, lists: true, ownPackage: true, debian12: false },
  'Ubuntu 22.04': { platform: 'linux', apt: true, lists: true, ownPackage: false, debian12: false },
  'a fresh container': { platform: 'linux', apt: true, lists: false, ownPackage: false, debian12: false },
  Fedora: { platform: 'linux', apt: false, lists: false, ownPackage: false, debian12: false },
  macOS: { platform: 'darwin', apt: false, lists: false, ownPackage: false, debian12: false },
};

/** System, root, WASMEDGE_SETUP, and what is done or why nothing is. */
/** @type {[string, boolean, 'own' | 'off' | 'mix', string | RegExp][]} */
const table = [
  ['Debian 12', true, 'own', /another libc/],
  ['Debian 12', false, 'own', /another libc/],
  ['Debian 12', true, 'off', /WASMEDGE_SETUP=off/],
  ['Debian 12', true, 'mix', 'mix'],
  ['Debian 12', false, 'mix', /needs root/],
  ['Debian 13', true, 'own', 'own package'],
  ['Debian 13', true, 'mix', 'own package'],
  ['Debian 13', false, 'own', /needs root/],
  ['Debian 13', true, 'off', /WASMEDGE_SETUP=off/],
  ['Ubuntu 22.04', true, 'own', 'own installer'],
  ['Ubuntu 22.04', false, 'own', 'own installer'],
  ['Ubuntu 22.04', true, 'mix', 'own installer'],
  ['Ubuntu 22.04', false, 'off', /WASMEDGE_SETUP=off/],
  ['a fresh container', true, 'own', 'lists'],
  ['a fresh container', true, 'mix', 'lists'],
  ['a fresh container', false, 'own', /needs root/],
  ['a fresh container', true, 'off', /WASMEDGE_SETUP=off/],
  ['Fedora', false, 'own', 'own installer'],
  ['Fedora', true, 'off', /WASMEDGE_SETUP=off/],
  ['macOS', true, 'own', /darwin/],
];

test.each(table)('%s, root: %s, WASMEDGE_SETUP: %s', (name, root, mode, expected) => {
  const plan = planLibwasmedge({ .../** @type {System} */ (systems[name]), root, mode });
  if (plan.step === 'leave out') expect(plan.reason).toMatch(expected);
  else expect(plan.step).toBe(expected);
});

test('releases are mixed on Debian 12 only, as root, where WASMEDGE_SETUP says so', () => {
  const mixed = Object.entries(systems).flatMap(([name, system]) =>
    [true, false].flatMap((root) =>
      /** @type {const} */ (['own', 'off', 'mix'])
        .filter((mode) => planLibwasmedge({ ...system, root, mode }).step === 'mix')
        .map((mode) => `${name}, root: ${root}, ${mode}`),
    ),
  );
  expect(mixed).toEqual(['Debian 12, root: true, mix']);
});

test('WASMEDGE_SETUP is off, mix or nothing', () => {
  expect(setupMode({})).toBe('own');
  expect(setupMode({ WASMEDGE_SETUP: 'mix' })).toBe('mix');
  expect(() => setupMode({ WASMEDGE_SETUP: 'on' })).toThrow('set it to off or mix');
});

test('what is left out is told with the command that gets it', () => {
  const machine = { .../** @type {System} */ (systems['Debian 12']), root: true, mode: setupMode({}) };
  const plan = planLibwasmedge(machine);
  const reason = plan.step === 'leave out' ? plan.reason : plan.step;
  const text = describeLeftOut({ what: 'the engine wasmedge', reason, commands: commandsFor(machine) });
  expect(text).toMatch(
    /^the engine wasmedge: not installed: .*another libc\n {2}To install it:\n {4}WASMEDGE_SETUP=mix npm test /,
  );
  expect(commandsFor({ ...machine, root: false })[0]).toMatch(/^sudo -v && WASMEDGE_SETUP=mix npm test /);
  const debian13 = { ...machine, .../** @type {System} */ (systems['Debian 13']), root: false };
  expect(commandsFor(debian13)).toEqual(['sudo -v && npm test']);
});
