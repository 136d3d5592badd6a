// @ts-check
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

const leftOut = new Set(['node_modules', '.git', '.turbo']);

/** Copies the built checkout to a folder of its own, with the same dependencies and a Git history of one commit. */
export function makeRehearsalCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-release-'));
  cpSync(repositoryRoot, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => dirname(source) !== repositoryRoot || !leftOut.has(basename(source)),
  });
  symlinkSync(join(repositoryRoot, 'node_modules'), join(copy, 'node_modules'));
  const identity = [
    '-c',
    'user.name=rehearsal',
    '-c',
    'user.email=rehearsal@localhost',
    '-c',
    'commit.gpgsign=false',
  ];
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
    [...identity, 'commit', '-q', '-m', 'Rehearsal'],
  ]) {
    const result = capture('git', args, { cwd: copy });
    if (result.code !== 0) throw new Error(`git ${args.join(' ')} failed:\n${result.output}`);
  }
  return copy;
}
