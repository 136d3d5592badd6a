import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRuntime } from '../../index.js';
import { controlGroupFor, type GroupPlaces } from './control-group.js';

const mebibyte = 1 << 20;
/** More than Linux ever gives. */
const endedPid = 2 ** 30;

let root: string;
let places: GroupPlaces;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'control-group-'));
  // The system removes a group's files with it.
  places = {
    root,
    membership: join(root, 'membership'),
    remove: (folder) => rmSync(folder, { recursive: true }),
  };
});
afterEach(() => rmSync(root, { recursive: true }));

/** The files that the kernel has in a group, as they are where `memory` can be given to groups below. */
function makeGroup(path: string, files: Readonly<Record<string, string | undefined>> = {}): void {
  mkdirSync(join(root, path), { recursive: true });
  const kernel = {
    'cgroup.controllers': 'cpu memory pids\n',
    'cgroup.type': 'domain\n',
    'cgroup.subtree_control': 'memory\n',
    'cgroup.procs': '',
    ...files,
  };
  for (const [name, text] of Object.entries(kernel)) {
    if (text !== undefined) writeFileSync(join(root, path, name), text);
  }
}
const inGroup = (path: string) => writeFileSync(places.membership, `1:name=systemd:/x\n0::${path}\n`);
const written = (group: string, name: string) => readFileSync(join(group, name), 'utf8');

describe.runIf(process.platform === 'linux')('the control group of a child', () => {
  it('bounds its memory, and is removed after it', () => {
    inGroup('/own');
    makeGroup('own');
    const { group } = controlGroupFor(77, 100 * mebibyte, places);
    expect(group?.path).toMatch(new RegExp(`^${root}/own/wasmedge-plugins-${process.pid}-\\d+$`));
    const path = group?.path ?? '';
    expect(written(path, 'memory.max')).toBe(String(228 * mebibyte));
    expect(written(path, 'memory.oom.group')).toBe('1');
    expect(written(path, 'cgroup.procs')).toBe('77');
    group?.remove();
    expect(existsSync(path)).toBe(false);
  });

  it('lies beside its own one where that cannot be divided, and the one above can', () => {
    inGroup('/leaf');
    makeGroup('leaf', { 'cgroup.controllers': 'cpu\n' });
    makeGroup('.', { 'cgroup.subtree_control': '' });
    const { group } = controlGroupFor(77, mebibyte, places);
    onTestFinished(() => group?.remove());
    expect(group?.path.startsWith(`${root}/wasmedge-plugins-`)).toBe(true);
    expect(written(root, 'cgroup.subtree_control')).toBe('+memory');
  });

  it('is not made above where root alone makes it possible', () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    inGroup('/system/leaf');
    makeGroup('system/leaf', { 'cgroup.controllers': 'cpu\n' });
    makeGroup('system');
    expect(controlGroupFor(77, mebibyte, places).reason).toContain(`${root}/system: it may be`);
    expect(existsSync(join(root, 'system', `wasmedge-plugins-${process.pid}-1`))).toBe(false);
  });

  it.each([
    [{ 'cgroup.controllers': undefined }, 'not a control group of version 2'],
    [{ 'cgroup.controllers': 'cpu pids\n' }, 'no memory controller'],
    [{ 'cgroup.type': undefined }, 'the root group'],
    [{ 'cgroup.procs': undefined }, 'not delegated to this user'],
  ])('has a reason when there is none: %j, %s', (files, reason) => {
    inGroup('/');
    makeGroup('.', files);
    expect(controlGroupFor(77, mebibyte, places)).toEqual({ reason: expect.stringContaining(reason) });
  });

  it('has a reason when nothing says in which one this process is, and when no memory is bounded', () => {
    expect(controlGroupFor(77, mebibyte, places).reason).toContain('no control groups of version 2');
    expect(controlGroupFor(77, undefined, places).reason).toBe('limits.memoryBytes is not set');
  });

  it('is removed by the next one when its program has ended without that', () => {
    inGroup('/own');
    makeGroup('own');
    const stale = join(root, 'own', `wasmedge-plugins-${endedPid}-1`);
    const other = join(root, 'own', `wasmedge-plugins-${process.ppid}-1`);
    for (const each of [stale, other]) mkdirSync(each);
    const first = controlGroupFor(77, mebibyte, places).group;
    const second = controlGroupFor(78, mebibyte, places).group;
    onTestFinished(() => second?.remove());
    expect([stale, other, first?.path ?? ''].map(existsSync)).toEqual([false, true, true]);
    first?.remove();
  });
});

describe.runIf(process.platform === 'linux')('the report on a child', () => {
  it('tells its limits, its rights, and its control group or why there is none', async () => {
    const limits = { memoryBytes: 512 * mebibyte };
    const runtime = await createRuntime({ placement: 'process', limits, child: { cpuSeconds: 3600 } });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    const kill = { module: 'data:text/javascript,export const pid = () => process.pid;', export: 'pid' };
    const pid = await runtime.perform(kill, []);
    const { child } = runtime.report();
    expect(child).toMatchObject({ pid, gainsNoRights: true, limits: { cpuSeconds: 3600, coreBytes: 0 } });
    expect(child?.limits.dataBytes).toBeGreaterThan(limits.memoryBytes);
    const { path, reason } = child?.controlGroup ?? {};
    expect([path, reason].filter((each) => each !== undefined)).toEqual([expect.stringContaining('/')]);
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(() => runtime.report().child?.pid, { timeout: 10_000 }).toBeUndefined();
    if (path !== undefined) expect(existsSync(path)).toBe(false);
  });

  it('is for processes only', async () => {
    const runtime = await createRuntime({ placement: 'worker' });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    expect(runtime.report().child).toBeUndefined();
  });
});
