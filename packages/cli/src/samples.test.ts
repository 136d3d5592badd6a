import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installAlone } from './__fixtures__/installation.js';
import { runBin } from './__fixtures__/run-bin.js';
import { samples } from './samples/catalogue.js';

const { resolve } = createRequire(import.meta.url);
const emptyFolder = () => mkdtempSync(join(tmpdir(), 'samples-'));
const written = (folder: string) => readdirSync(folder).sort();

describe('sample', () => {
  it('lists what there is, and where a package is missing how it is installed', () => {
    const listed = runBin(['sample']);
    expect(listed).toMatchObject({ status: 0, stderr: '' });
    for (const { name, description } of samples) {
      expect(listed.stdout).toMatch(new RegExp(`^${name} +${description}$`, 'm'));
    }
    const { folder: cwd, bin } = installAlone();
    const alone = runBin(['sample'], { cwd, bin }).stdout;
    expect(alone).toMatch(/^hello .* and C$/m);
    expect(alone).toMatch(/^digits .* \(npm install @wasmedge-plugins\/wasi-nn-tflite\)$/m);
  });

  it.each(samples)('writes $name', ({ name, packageName, files, next }) => {
    const cwd = emptyFolder();
    const { status, stdout, stderr } = runBin(['sample', name], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`Wrote ${files.join(', ')}.\nNext: npx wasmedge-plugins ${next}\n`);
    expect(written(cwd)).toEqual(files.toSorted());
    const file = files[0];
    expect(readFileSync(join(cwd, file))).toEqual(readFileSync(resolve(`${packageName}/samples/${file}`)));
  });

  it.each([
    ['hello', 'hello\n'],
    ['add', '7\n'],
    ['command-runner', `${process.version}\n`],
    ['crypto-script', 'ok:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n'],
  ])('says the command that runs %s', (name, expected) => {
    const cwd = emptyFolder();
    const said = runBin(['sample', name], { cwd }).stdout.split('npx wasmedge-plugins ')[1] ?? '';
    expect(runBin(said.trim().split(' '), { cwd })).toEqual({ status: 0, stdout: expected, stderr: '' });
  });

  it('overwrites nothing without --force, and writes nothing then', () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'add.c'), 'mine');
    const { status, stderr } = runBin(['sample', 'add'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('add.c already exists');
    expect(stderr).toContain('--force');
    expect(written(cwd)).toEqual(['add.c']);
    expect(runBin(['sample', 'add', '--force'], { cwd }).status).toBe(0);
    expect(readFileSync(join(cwd, 'add.c'), 'utf8')).toContain('int add(');
  });

  it.each<[string, readonly string[], (file: string) => void]>([
    ['a link that leads nowhere', [], (file) => symlinkSync('nowhere', file)],
    ['a link, even with --force,', ['--force'], (file) => symlinkSync('elsewhere', file)],
    ['a folder', ['--force'], (file) => mkdirSync(file)],
  ])('writes nothing where %s has the name of a file', (_what, args, make) => {
    const cwd = emptyFolder();
    make(join(cwd, 'add.c'));
    expect(runBin(['sample', 'add', ...args], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/add\.c .*nothing was written/),
    });
    expect(written(cwd)).toEqual(['add.c']);
  });

  it('names those that there are, and the package of one that is not installed', () => {
    const { status, stderr } = runBin(['sample', 'digit'], { cwd: emptyFolder() });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no sample "digit"; there are: hello, add');
    const { folder: cwd, bin } = installAlone();
    expect(runBin(['sample', 'digits'], { cwd, bin })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('npm install @wasmedge-plugins/wasi-nn-tflite'),
    });
    expect(existsSync(join(cwd, 'digits.tflite'))).toBe(false);
  });

  it.each(samples)('$name is in its published package', ({ packageName, files }) => {
    const manifestFile = resolve(`${packageName}/package.json`);
    const { files: published }: { files: string[] } = JSON.parse(readFileSync(manifestFile, 'utf8'));
    const patterns = published.map((each) => new RegExp(`^${each.replace('*', '[^/]+')}(/|$)`));
    const paths = files.map((file) =>
      relative(dirname(manifestFile), resolve(`${packageName}/samples/${file}`)),
    );
    expect(paths.filter((path) => !patterns.some((pattern) => pattern.test(path)))).toEqual([]);
  });
});
