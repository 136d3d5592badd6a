import { cpSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PluginCommandLine, pluginPackages } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { buildGuests } from './__fixtures__/guests.js';
import { installAlone, installPackage } from './__fixtures__/installation.js';
import { oneLine, runBin } from './__fixtures__/run-bin.js';

const guests = await buildGuests();

const fakePlugin = {
  'package.json': JSON.stringify({
    name: 'fake-plugin',
    type: 'module',
    exports: { './cli': './cli.js', './conformance': './suite.js' },
  }),
  'plugin.js': `export const plugin = {
    name: 'fake', provider: 'embedded', moduleNames: ['fake'],
    create: () => ({ modules: [{ name: 'fake', functions: { answer: { params: [], results: ['i32'], call: () => 42 } } }] }),
  };`,
  'cli.js': `import { plugin } from './plugin.js';
    export const commandLine = { options: [], releases: [], create: () => plugin };`,
  'suite.js': `import { plugin } from './plugin.js';
    const wanted = Number(process.env.FAKE_WANTED ?? 42);
    export const suite = {
      plugin: 'fake', title: 'Fake plug-in', module: 'fake-plugin/conformance',
      guests: new URL('./', import.meta.url), createPlugin: () => plugin,
      cases: [{ name: 'answers', source: 'a test', async run({ createRuntime, guest }) {
        const { exports } = await (await createRuntime()).instantiate(guest('fake'));
        const answer = await exports.answer();
        if (answer !== wanted) throw new Error('got ' + answer);
      } }],
    };`,
};

describe('without any plug-in package', () => {
  const { folder: cwd, bin } = installAlone();

  it('names the package that has a missing import', () => {
    const { status, stderr } = runBin(['run', guests.process], { cwd, bin });
    expect(status).toBe(1);
    expect(stderr).toContain('@wasmedge-plugins/process');
    expect(stderr).toContain('[ERR_MISSING_IMPORT]');
  });

  it('says in one line how to install what was named', () => {
    expect(runBin(['run', '--plugin', 'wasmedge_process', guests.exit7], { cwd, bin })).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'error: @wasmedge-plugins/process is needed for the plug-in wasmedge_process: npm install @wasmedge-plugins/process [ERR_PACKAGE_MISSING]\n',
    });
    expect(runBin(['conformance', 'process'], { cwd, bin })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('npm install @wasmedge-plugins/conformance'),
    });
  });

  it('runs a guest that needs no plug-in', () => {
    expect(runBin(['run', guests.exit7], { cwd, bin }).status).toBe(7);
  });
});

describe('what a run loads', () => {
  const { folder: cwd, bin } = installAlone();
  // Told apart from the command's own words, and from those of the guest.
  const loaded = '(the plug-in package was loaded)';
  installPackage(cwd, '@wasmedge-plugins/process', {
    'package.json': JSON.stringify({ type: 'module', exports: { './cli': './cli.js' } }),
    'cli.js': `process.stderr.write('${loaded}');
      export const commandLine = { options: [], releases: [], create: () => ({
        name: 'wasmedge_process', provider: 'embedded', moduleNames: [], create: () => ({ modules: [] }) }) };`,
  });

  it('is no plug-in package, unless the guest imports it or it is named', () => {
    const { exit7, process } = guests;
    expect(runBin(['run', exit7], { cwd, bin })).toEqual({ status: 7, stdout: '', stderr: '' });
    expect(runBin(['run', '--allow-command', 'ls', exit7], { cwd, bin }).stderr).toBe('');
    expect(runBin(['run', '--help'], { cwd, bin }).stderr).toBe('');
    expect(runBin(['run', process], { cwd, bin }).stderr).toContain(loaded);
    expect(runBin(['run', '--plugin', 'process', exit7], { cwd, bin }).stderr).toContain(loaded);
  });

  it('is no commander where there is nothing to say', () => {
    rmSync(join(cwd, 'node_modules', 'commander'));
    expect(runBin(['run', '--dir', '.', '--env=A=b', guests.exit7, '--help'], { cwd, bin }).status).toBe(7);
    expect(runBin(['run', '--help'], { cwd, bin }).stderr).toContain("Cannot find package 'commander'");
  });
});

describe('with a package that only the working folder has', () => {
  const { folder: cwd } = installAlone();
  installPackage(cwd, 'fake-plugin', fakePlugin);
  cpSync(guests.fake, join(cwd, 'node_modules', 'fake-plugin', 'fake.wasm'));

  it('runs a guest with it when it is named', () => {
    expect(runBin(['run', '--plugin', 'fake-plugin', guests.fake, 'answer'], { cwd })).toEqual({
      status: 0,
      stdout: '42\n',
      stderr: '',
    });
    expect(runBin(['run', guests.fake, 'answer'], { cwd }).status).toBe(1);
  });

  it('runs its conformance suite as a table and as JSON', () => {
    const table = runBin(['conformance', 'fake-plugin', '--engine', 'v8'], { cwd });
    expect(table).toMatchObject({ status: 0, stderr: '' });
    expect(table.stdout).toMatch(/^Fake plug-in \(fake\)\n[\s\S]*\nanswers +passed\n/);
    const json = runBin(['conformance', 'fake-plugin', '--engine', 'v8', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      reports: [
        { target: { engine: 'v8', provider: 'embedded' }, cases: [{ name: 'answers', status: 'passed' }] },
      ],
    });
  });

  it('runs its suite in the placement that is named, if it can go there', () => {
    const { status, stderr } = runBin(
      ['conformance', 'fake-plugin', '--engine', 'v8', '--placement', 'worker'],
      { cwd },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/ran no case on v8, embedded, worker:.*\n +answers: The plug-in fake cannot/);
  });

  it('ends with 1 when a case fails', () => {
    const env = { FAKE_WANTED: '43' };
    const { status, stdout } = runBin(['conformance', 'fake-plugin', '--engine', 'v8'], { cwd, env });
    expect(status).toBe(1);
    expect(stdout).toMatch(/answers +failed[\s\S]*got 42/);
  });

  it('ends with 1 when nothing can be run', () => {
    const { status, stderr } = runBin(
      ['conformance', 'fake-plugin', '--engine', 'v8', '--provider', 'native'],
      { cwd },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('[ERR_CONFORMANCE]');
  });
});

describe('in this checkout', () => {
  it('knows the options of every package as the package tells them', async () => {
    const help = oneLine(runBin(['run', '--help']).stdout);
    for (const { packageName } of pluginPackages) {
      const { commandLine } = (await import(`${packageName}/cli`)) as { commandLine: PluginCommandLine };
      for (const { flags, description } of commandLine.options) {
        expect(help).toContain(flags);
        expect(help).toContain(oneLine(description));
      }
    }
  });

  it('is linked at the root as wasmedge-plugins', () => {
    const linked = fileURLToPath(new URL('../../../node_modules/@wasmedge-plugins/cli/', import.meta.url));
    expect(realpathSync(linked)).toBe(realpathSync(fileURLToPath(new URL('../', import.meta.url))));
  });
});
