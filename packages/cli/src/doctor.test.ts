import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { libraryProblem } from './__fixtures__/engines.js';
import { installAlone } from './__fixtures__/installation.js';
import { oneLine, runBin } from './__fixtures__/run-bin.js';
import type { DoctorReport } from './doctor/doctor-report.js';

const quiet = { WASMEDGE_PLUGIN_PATH: '' };

function doctor(options: Parameters<typeof runBin>[1] = {}): { status: number | null; report: DoctorReport } {
  const { status, stdout } = runBin(['doctor', '--json'], { ...options, env: { ...quiet, ...options.env } });
  return { status, report: JSON.parse(stdout) };
}

describe('doctor', () => {
  it('tells machine, engines and plug-ins as JSON', () => {
    const { report } = doctor();
    expect(report.machine).toMatchObject({
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
    });
    expect(report.engines[0]).toEqual({ name: 'v8', available: true, version: process.versions.v8 });
    const state = report.plugins.find(({ packageName }) => packageName === '@wasmedge-plugins/process');
    expect(state).toMatchObject({
      name: 'wasmedge_process',
      package: { installed: true },
      provider: 'embedded',
    });
    expect(report.plugins.map(({ packageName }) => packageName)).toEqual(
      expect.arrayContaining([
        '@wasmedge-plugins/wasi-crypto',
        '@wasmedge-plugins/wasi-nn-ggml',
        '@wasmedge-plugins/wasi-nn-onnx',
        '@wasmedge-plugins/wasi-nn-openvino',
        '@wasmedge-plugins/wasi-nn-pytorch',
        '@wasmedge-plugins/wasi-nn-tflite',
        '@wasmedge-plugins/httpsreq',
      ]),
    );
  });

  // From the table of releases of WasmEdge: the process plug-in from 0.10.0 to 0.17.1, for Linux with glibc only.
  it.runIf(process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch))(
    'knows where the process plug-in is released',
    () => {
      const { report } = doctor();
      const { released } = report.plugins.find(({ name }) => name === 'wasmedge_process') ?? {};
      const here = report.machine.libc?.name === 'glibc';
      expect(released).toMatchObject(here ? { here, since: '0.10.0', until: '0.17.1' } : { here });
    },
  );

  it.runIf(process.platform === 'linux')(
    'knows of every plug-in where it is released, installed or not',
    () => {
      const { folder, bin } = installAlone();
      const { report } = doctor({ cwd: folder, bin });
      const version = report.engines[1]?.version;
      for (const { name, packageName, package: installed, released } of report.plugins) {
        expect(installed, packageName).toEqual({ installed: false });
        expect(released.why.length, packageName).toBeGreaterThan(0);
        expect(released.here || released.instead?.includes(packageName), packageName).toBe(true);
        if (version !== undefined && released.here) {
          expect(released.asset, packageName).toContain(`-${version}-`);
          expect(released.asset, packageName).toContain(name);
        }
      }
      const { released } = report.plugins.find(({ name }) => name === 'wasmedge_httpsreq') ?? {};
      // Removed in 0.13.0, and no older libwasmedge is supported.
      expect(version === undefined || released?.here === false).toBe(true);
    },
  );

  it('fits on one screen', () => {
    const { status, stdout, stderr } = runBin(['doctor'], { env: quiet });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // Where no libwasmedge was looked for and found, every place is a line.
    expect(stdout.split('\n').length).toBeLessThan(40);
    expect(stdout).toContain('wasmedge_process');
  });

  it('ends with 1 and the whole reason when a libwasmedge that is named is not there', () => {
    const { status, report } = doctor({ env: { WASMEDGE_LIBRARY: '/nowhere/libwasmedge.so' } });
    expect(status).toBe(1);
    expect(report.engines[1]).toMatchObject({
      name: 'wasmedge',
      available: false,
      problem: expect.stringContaining('/nowhere/libwasmedge.so'),
    });
    expect(report.plugins[0]?.native).toMatchObject({ problem: 'there is no libwasmedge to load it' });
  });

  it('survives a named libwasmedge that is not a library', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cli-doctor-')), 'libwasmedge.so.0');
    writeFileSync(file, 'no library');
    const { status, report } = doctor({ env: { WASMEDGE_LIBRARY: file } });
    expect(status).toBe(1);
    expect(report.engines[1]).toMatchObject({ available: false, problem: expect.stringContaining(file) });
  });

  it.skipIf(libraryProblem !== undefined || process.platform !== 'linux')(
    'tells a native plug-in that does not load',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'cli-doctor-'));
      const file = join(folder, 'libwasmedgePluginWasmEdgeProcess.so');
      writeFileSync(file, 'no library');
      const { status, report } = doctor({ env: { WASMEDGE_PLUGIN_PATH: folder } });
      expect(status).toBe(1);
      const state = report.plugins.find(({ name }) => name === 'wasmedge_process');
      expect(state?.native).toMatchObject({
        installed: true,
        loads: false,
        problem: expect.stringContaining(file),
      });
      expect(state?.provider).toBe('embedded');
    },
  );

  it.skipIf(libraryProblem !== undefined || process.platform !== 'linux')(
    'tries 32 files, and says that there are more, and of which plug-in',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'cli-doctor-'));
      const names = Array.from({ length: 33 }, (_, index) => `lib${10 + index}.so`);
      for (const name of [...names, 'libwasmedgePluginWasmEdgeProcess.so']) {
        writeFileSync(join(folder, name), 'no library');
      }
      const env = { WASMEDGE_PLUGIN_PATH: folder, HOME: folder };
      const { report } = doctor({ env });
      expect(report.files).toHaveLength(32);
      expect(report.notTried.slice(0, 2)).toEqual([
        join(folder, 'lib42.so'),
        join(folder, 'libwasmedgePluginWasmEdgeProcess.so'),
      ]);
      const state = report.plugins.find(({ name }) => name === 'wasmedge_process');
      expect(state?.native).toEqual({ installed: true, path: report.notTried[1] });
      const { stdout } = runBin(['doctor'], { env: { ...quiet, ...env } });
      expect(oneLine(stdout)).toMatch(/\d+ more after the first 32 were not tried, from \S+lib42\.so on/);
    },
  );

  it('names the command that installs a package that is missing', () => {
    const { folder, bin } = installAlone();
    const { report } = doctor({ cwd: folder, bin });
    const state = report.plugins.find(({ name }) => name === 'wasmedge_process');
    expect(state).toMatchObject({
      package: { installed: false },
      reason: 'npm install @wasmedge-plugins/process',
    });
    expect(state?.provider).toBeUndefined();
  });
});
