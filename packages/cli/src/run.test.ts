import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines, libraryProblem } from './__fixtures__/engines.js';
import { buildGuests } from './__fixtures__/guests.js';
import { runBin } from './__fixtures__/run-bin.js';

const guests = await buildGuests();
const folder = mkdtempSync(join(tmpdir(), 'cli-folder-'));
writeFileSync(join(folder, 'in.txt'), 'content');

describe.each(engines)('run on engine %s', (engine) => {
  const run = (...args: string[]) => runBin(['run', '--engine', engine, ...args]);

  it("ends with the guest's exit code and says nothing", () => {
    expect(run(guests.exit7)).toEqual({ status: 7, stdout: '', stderr: '' });
  });

  it('ends with 134 after a trap, as the wasmedge command does', () => {
    const { status, stdout, stderr } = run(guests.trap);
    expect({ status, stdout }).toEqual({ status: 134, stdout: '' });
    expect(stderr).toMatch(/^error: .*trap\.wasm.* unreachable.* \[ERR_GUEST_TRAP\]\n/);
  });

  it('gives everything after the guest to the guest', () => {
    const { stdout } = run(guests.args, '--engine', 'x', '--', '-h', '');
    expect(stdout.split('\0')).toEqual(['args.wasm', '--engine', 'x', '--', '-h', '', '']);
  });

  it('takes a guest after --', () => {
    expect(run('--', guests.exit7).status).toBe(7);
  });

  it('gives the guest the environment that was named and nothing else', () => {
    const { stdout } = run('--env', 'A=1', '--env', 'B=x=y', '--env', 'C=', guests.env);
    expect(stdout.split('\0').sort()).toEqual(['', 'A=1', 'B=x=y', 'C=']);
  });

  it('lets the guest use a folder under the name before the colon', () => {
    expect(run('--dir', `/data:${folder}`, guests.folder)).toMatchObject({
      status: 0,
      stdout: '/datacontent',
    });
    expect(run('--dir', folder, guests.folder)).toMatchObject({ status: 0, stdout: `${folder}content` });
  });

  it('lets the guest use no folder by default', () => {
    expect(run(guests.folder)).toMatchObject({ status: 8, stdout: '' });
  });

  it('keeps stdout for the guest when it has much to say itself', () => {
    const { status, stdout, stderr } = run('--trace', '--verbose', guests.hello);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'hello\n' });
    expect(stderr).toContain(`engine ${engine}: the option engine asks for it`);
  });

  it('runs a command that is allowed, and refuses every other', () => {
    expect(run('--allow-command', 'true', guests.process)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(run('--allow-command-all', guests.process).status).toBe(0);
    expect(run('--allow-command', '/bin/true', '--allow-command', 'ls', guests.process).status).toBe(255);
    expect(run(guests.process).status).toBe(255);
  });

  it('lets the guest ask a host that is allowed, at an address that is allowed, and no other', () => {
    const ask = (...args: string[]) => run(...args, guests.https);
    expect(ask()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('[ERR_HTTPS_HOST_NOT_ALLOWED]'),
    });
    expect(ask('--allow-host', 'localhost').stderr).toContain('[ERR_HTTPS_HOST_NOT_ALLOWED]');
    expect(ask('--allow-host', 'localhost:1').stderr).toContain('[ERR_HTTPS_ADDRESS_NOT_ALLOWED]');
    // Nobody listens on port 1.
    const loopback = ['--allow-address', '127.0.0.0/8', '--allow-address', '::1'];
    expect(ask('--allow-host', 'a.example', '--allow-host', 'localhost:1', ...loopback).stderr).toContain(
      '[ERR_HTTPS_CONNECT]',
    );
    expect(ask('--ca', join(folder, 'none.pem')).stderr).toMatch(/--ca names the file .*none\.pem/);
    expect(ask('--allow-host', '::1').stderr).toMatch(/--allow-host has the entry "::1"/);
  });

  it('traces the calls of a plug-in on stderr', () => {
    const { stdout, stderr } = run('--trace', '--allow-command=true', guests.process);
    expect(stdout).toBe('');
    expect(stderr).toContain('wasmedge_process_run');
  });

  it('calls a function in reactor mode and prints its results as the wasmedge command does', () => {
    expect(run('--reactor', guests.library, 'add', '3', '4')).toMatchObject({ status: 0, stdout: '7\n' });
    expect(run('--reactor', guests.library, 'add', '-1', '0').stdout).toBe('4294967295\n');
    expect(run('--reactor', guests.library, 'swap', '-1', '4.5').stdout).toBe('4.5\n18446744073709551615\n');
    expect(run('--reactor', guests.library, 'nothing')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('is in reactor mode when the guest exports no _start', () => {
    expect(run(guests.library, 'add', '0x10', '1').stdout).toBe('17\n');
    expect(run(guests.leaver, 'leave')).toEqual({ status: 9, stdout: '', stderr: '' });
  });

  it.each([
    [['add', '3'], 'add takes 2 values (i32 i32), not 1'],
    [['add', '3', 'x'], '"x" is not an i32'],
    [['add', '3', '4294967296'], '4294967296 is not an i32'],
    [['swap', '1.5', '1'], '"1.5" is not an i64'],
    [['swap', '1', ''], '"" is not an f64'],
    [['missing'], 'exports no function "missing"; it exports add, swap'],
    [['reference', '1'], 'cannot be given on a command line'],
    [[], 'name the function to call'],
  ])('refuses the call %j', (call, message) => {
    const { status, stdout, stderr } = run('--reactor', guests.library, ...call);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('keeps the limit on memory pages', () => {
    const { status, stderr } = run('--memory-page-limit', '50', guests.big);
    expect(status).toBe(1);
    expect(stderr).toContain('[ERR_MEMORY_LIMIT]');
    expect(run('--memory-page-limit', '100', guests.big).status).toBe(0);
  });

  it('tells a missing file and a file that is not a guest', () => {
    expect(run('/nowhere/guest.wasm')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: .*\/nowhere\/guest\.wasm.* \[ERR_GUEST_NOT_FOUND\]\n {2}caused by: ENOENT/,
      ),
    });
    expect(run(join(folder, 'in.txt'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('[ERR_INVALID_GUEST]'),
    });
  });
});

describe.skipIf(libraryProblem !== undefined)('limits that need a libwasmedge', () => {
  it('stop an endless guest with 134, and choose the engine', () => {
    const gas = runBin(['run', '--gas-limit', '10000', '--verbose', guests.loop]);
    expect(gas.status).toBe(134);
    expect(gas.stderr).toContain('engine wasmedge: --gas-limit needs it');
    expect(gas.stderr).toContain('[ERR_COST_LIMIT]');
    const time = runBin(['run', '--time-limit', '200', guests.loop]);
    expect(time).toMatchObject({
      status: 134,
      stdout: '',
      stderr: expect.stringContaining('[ERR_GUEST_TIMEOUT]'),
    });
  });

  it('have 0 for no limit of time, as the wasmedge command has', () => {
    expect(runBin(['run', '--time-limit', '0', '--verbose', guests.exit7])).toMatchObject({
      status: 7,
      stderr: expect.stringContaining('engine v8: it is the default'),
    });
  });
});

describe('run', () => {
  it('tells what the chosen engine cannot do', () => {
    expect(runBin(['run', '--engine', 'v8', '--time-limit', '200', guests.loop])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('[ERR_UNSUPPORTED_BY_ENGINE]'),
    });
  });

  it('shows the stack of an error with --verbose only', () => {
    expect(runBin(['run', guests.trap]).stderr).not.toMatch(/^\s+at /m);
    expect(runBin(['run', '--verbose', guests.trap]).stderr).toMatch(/^\s+at /m);
  });

  it('names every place when a libwasmedge that was asked for is not there', () => {
    const { status, stderr } = runBin(['run', '--library', '/nowhere/libwasmedge.so', guests.exit7]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*\[ERR_LIBRARY_NOT_FOUND\]\n {4}\/nowhere\/libwasmedge\.so\n/);
  });

  it.each([
    [['--dir', 'a:b:readonly'], 'cannot be made read-only'],
    [['--dir', ':b'], 'Give a folder'],
    [['--env', 'NAME'], 'Give NAME=VALUE'],
    [['--gas-limit', '1e3'], 'Give a whole number of at least 1'],
    [['--gas-limit=0'], 'Give a whole number of at least 1'],
    [['--time-limit', '2147483648'], 'Give a whole number from 0 to 2147483647'],
    [['--memory-page-limit', '65537'], 'Give a whole number from 0 to 65536'],
    [['--engine', 'wasmtime'], 'Allowed choices are v8, wasmedge'],
    [['--engine', 'v8', '--engine=wasmedge'], "'--engine <name>' is given 2 times; give it once"],
    [['--lock-file', 'a', '--lock-file', 'b'], "'--lock-file <file>' is given 2 times"],
    [['--dir', '/data:a', '--dir=/data:b'], 'two folders with the name /data: a and b'],
    [['--dir', 'data:a', '--dir', './data/:b'], 'two folders with the name ./data/: a and b'],
    [['--env', 'A=1', '--env', 'A=2'], 'A is given twice'],
    [['--native-plugin', 'x.so:a=1:a=2'], 'The option a of x.so is given twice'],
    [['--trace=off'], "unknown option '--trace=off'"],
    [['--forbidden-plugin', 'wasmedge_proces'], 'there is no plug-in "wasmedge_proces" to forbid'],
    [['--forbidden-plugin', 'process', '--native-plugin', 'x.so'], 'whether it is forbidden'],
    [['--plugin', 'no_such_plugin'], 'there is no plug-in "no_such_plugin"'],
    [['--enigne', 'v8'], 'Did you mean --engine?'],
  ])('refuses %j with exit code 2', (options, message) => {
    const { status, stdout, stderr } = runBin(['run', ...options, guests.exit7]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('leaves away a plug-in that is forbidden', () => {
    expect(runBin(['run', '--forbidden-plugin', 'wasmedge_process', guests.process])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('of the plug-in wasmedge_process, which --forbidden-plugin forbids'),
    });
  });

  it.each(['wasmedge_process', 'process', '@wasmedge-plugins/process'])('knows the plug-in %s', (name) => {
    const { status, stderr } = runBin(['run', '--verbose', '--plugin', name, guests.exit7]);
    expect(status).toBe(7);
    expect(stderr).toContain('plug-in wasmedge_process: provider embedded');
  });
});
