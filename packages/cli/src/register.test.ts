import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConformanceSuite } from '@wasmedge-plugins/conformance';
import { type PluginCommandLine, pluginPackages } from '@wasmedge-plugins/core';
import { afterAll, describe, expect, it } from 'vitest';
import { buildGuest } from './__fixtures__/guests.js';
import { installAlone, installPackage } from './__fixtures__/installation.js';
import { runBin } from './__fixtures__/run-bin.js';
import type { DoctorReport } from './doctor/doctor-report.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const checkout = realpathSync(mkdtempSync(join(tmpdir(), 'cli-register-')));
const core = join(checkout, 'packages/core');
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

const pretend = '@wasmedge-plugins/wasi-nn-pretend';
const manifest = {
  name: pretend,
  version: '0.0.0',
  type: 'module',
  exports: { './cli': './cli.js', './conformance': './suite.js', './package.json': './package.json' },
  wasmedgePlugin: {
    backendOf: 'wasi_nn',
    name: 'pretend',
    encodings: ['pretence'],
    release: { asset: 'wasi_nn-pretend', since: { 'linux-x64': '0.14.0' }, buildFlags: [], needs: 'nothing' },
  },
};
/** One that serves no encoding of its own, and that WasmEdge does not release. */
const remote = JSON.stringify({
  name: '@wasmedge-plugins/wasi-nn-remote',
  version: '0.0.0',
  wasmedgePlugin: { backendOf: 'wasi_nn', name: 'remote' },
});
const files = {
  'package.json': JSON.stringify(manifest),
  'cli.js': `export const commandLine = {
    options: [{ flags: '--nn-preload <model>', repeatable: true, takes: (text) => text.split(':')[1] === 'pretence' }],
    releases: [],
    create(values) { throw new Error('pretend loads ' + values['nn-preload']); },
  };`,
  'suite.js': `export const suite = {
    plugin: 'wasi_nn', title: 'Pretend backend', module: '${pretend}/conformance', guests: new URL('./', import.meta.url),
    createPlugin: () => ({ name: 'wasi_nn', provider: 'embedded', moduleNames: [], create: () => ({ modules: [] }) }),
    cases: [{ name: 'pretends', source: 'this test', run() {} }],
  };`,
};

/** Makes the register of the copy, or checks it. */
function register(...args: string[]): { status: number | null; stderr: string } {
  const script = join(root, 'tools/register.mjs');
  return spawnSync(process.execPath, [script, checkout, ...args], { encoding: 'utf8' });
}

/** Copies parts of a package of this checkout. */
function copy(name: string, folder: string, parts: readonly string[]): void {
  for (const part of parts) {
    cpSync(join(root, 'packages', name, part), join(folder, part), { recursive: true });
  }
}

/** A copy of the manifests and of core's source, as far as the register and core's build need them. */
function copyCheckout(): void {
  for (const name of readdirSync(join(root, 'packages'))) {
    copy(name, join(checkout, 'packages', name), ['package.json']);
  }
  copy('core', core, ['src', 'tsconfig.json', 'tsup.config.ts']);
  for (const file of ['tsconfig.base.json', 'tsup.shared.ts', 'tsup.start-together.ts']) {
    cpSync(join(root, file), join(checkout, file));
  }
  symlinkSync(join(root, 'packages/core/node_modules'), join(core, 'node_modules'), 'junction');
}

function buildCore(): void {
  const tsup = join(core, 'node_modules/tsup/dist/cli-default.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tsup, '--no-dts', '--no-sourcemap', '--silent'],
    { cwd: core, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** The command and what runs suites as they are, with core from the copy; no plug-in. */
function installWithCopy(): { folder: string; bin: string } {
  const { folder, bin } = installAlone();
  const modules = join(folder, 'node_modules');
  rmSync(join(modules, '@wasmedge-plugins/core'), { recursive: true });
  cpSync(join(core, 'dist'), join(modules, '@wasmedge-plugins/core/dist'), { recursive: true });
  cpSync(join(core, 'package.json'), join(modules, '@wasmedge-plugins/core/package.json'));
  symlinkSync(realpathSync(join(core, 'node_modules/koffi')), join(modules, 'koffi'), 'junction');
  for (const name of ['conformance', 'wasi-nn']) {
    copy(name, join(modules, '@wasmedge-plugins', name), ['dist', 'package.json']);
  }
  return { folder, bin };
}

describe.each(pluginPackages)('$packageName is what its package.json says', (entry) => {
  it('has the plug-in of that name, its modules and its native file', async () => {
    const { suite } = (await import(`${entry.packageName}/conformance`)) as { suite: ConformanceSuite };
    expect(suite.plugin).toBe(entry.name);
    const { name, moduleNames } = suite.createPlugin({ provider: 'embedded' });
    expect({ name, moduleNames: [...moduleNames].sort() }).toEqual({
      name: entry.name,
      moduleNames: [...entry.moduleNames].sort(),
    });
    const { commandLine } = (await import(`${entry.packageName}/cli`)) as { commandLine: PluginCommandLine };
    const native = () => suite.createPlugin({ provider: 'native' }).native?.fileName;
    // What WasmEdge has not is refused.
    if (entry.backend === 'onnx') {
      expect(commandLine.releases).toEqual([]);
      expect(native).toThrow(/leave out provider/);
    } else expect(native()).toBe(entry.fileName);
  });

  it('takes models of its own encodings, and none of others', async () => {
    const { commandLine } = (await import(`${entry.packageName}/cli`)) as { commandLine: PluginCommandLine };
    const preload = commandLine.options.find(({ flags }) => flags.startsWith('--nn-preload'));
    const encodings = pluginPackages.flatMap((other) => other.encodings);
    const taken = encodings.filter((encoding) => preload?.takes?.(`model:${encoding}:cpu:file`));
    expect(taken).toEqual(entry.encodings);
  });
});

describe('a package that its package.json makes known', async () => {
  const guest = await buildGuest(
    '(module (import "wasi_ephemeral_nn" "load_by_name" (func (param i32 i32 i32) (result i32))) (memory (export "memory") 1) (func (export "_start")))',
  );
  copyCheckout();

  it('is asked for by the check until the register is made again', () => {
    expect(register('--check')).toMatchObject({ status: 0, stderr: '' });
    for (const [name, text] of Object.entries({ pretend: files['package.json'], remote })) {
      mkdirSync(join(checkout, `packages/wasi-nn-${name}`));
      writeFileSync(join(checkout, `packages/wasi-nn-${name}/package.json`), text);
    }
    const { status, stderr } = register('--check');
    expect(status).toBe(1);
    expect(stderr).toMatch(/register\.ts is out of date: run "npm run register"/);
    expect(stderr).toMatch(/cli\/package\.json is out of date/);
    expect(register()).toMatchObject({ status: 0, stderr: '' });
    expect(register('--check')).toMatchObject({ status: 0, stderr: '' });
    const { peerDependencies, devDependencies } = JSON.parse(
      readFileSync(join(checkout, 'packages/cli/package.json'), 'utf8'),
    );
    expect(peerDependencies[pretend]).toBe(peerDependencies['@wasmedge-plugins/process']);
    expect(devDependencies).toMatchObject({ [pretend]: 'workspace:*', vitest: expect.any(String) });
  });

  it('is then named by everything that names packages', () => {
    buildCore();
    const { folder: cwd, bin } = installWithCopy();
    const run = (...args: string[]) => runBin(args, { cwd, bin, env: { WASMEDGE_PLUGIN_PATH: '' } });

    expect(run('run', guest).stderr).toMatch(
      /: install the package for the format of its models \(@wasmedge-plugins\/.* or @wasmedge-plugins\/wasi-nn-pretend[ )].*\)\. \[/,
    );
    expect(run('conformance', 'wasi_nn').stderr).toMatch(
      /wasi-nn-pretend .*needed for its conformance suite/,
    );
    const help = run('install', '--help').stdout;
    expect(help).toMatch(/wasi_nn-openvino, .*wasi_nn-pretend/);
    expect(help).not.toContain('remote');
    const report = run('doctor').stdout;
    expect(report).toMatch(/wasi_nn \(pretend\) +not installed/);
    expect(report, 'what never had a release has none to miss').not.toContain('releases no native plug-in');
    const { plugins } = JSON.parse(run('doctor', '--json').stdout) as DoctorReport;
    expect(plugins.find(({ packageName }) => packageName === pretend)).toMatchObject({
      name: 'wasi_nn',
      backend: 'pretend',
      reason: `npm install ${pretend}`,
    });

    expect(plugins.find(({ backend }) => backend === 'remote')).toMatchObject({
      released: {
        here: false,
        why: expect.stringMatching(
          /^WasmEdge releases no native plug-in wasi_nn \(remote\) that \S+ supports\.$/,
        ),
        instead:
          "Use provider: 'embedded' of @wasmedge-plugins/wasi-nn-remote, which needs no native plug-in.",
      },
    });

    installPackage(cwd, pretend, files);
    expect(run('doctor').stdout).toMatch(/wasi_nn \(pretend\) +0\.0\.0/);
    const openVino = join(cwd, 'node_modules/@wasmedge-plugins/wasi-nn-openvino');
    copy('wasi-nn-openvino', openVino, ['dist', 'package.json']);
    expect(run('run', '--help').stdout).toMatch(/encodings:[\w\s,]*\sopenvino,\s+pretence,/);
    // OpenVINO's package leaves the model to the other one, whose encoding it knows from the register.
    expect(run('run', '--nn-preload', 'm:pretence:cpu:file', guest).stderr).toContain(
      'pretend loads m:pretence:cpu:file',
    );
    expect(run('run', '--nn-preload', 'm:unheard-of:cpu:file', guest).stderr).toContain('unheard-of');
    expect(run('conformance', 'wasi-nn-pretend', '--engine', 'v8')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/Pretend backend[\s\S]*pretends +passed/),
    });
  });
});
