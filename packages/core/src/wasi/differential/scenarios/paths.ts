import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Calls, create, directory, exclusive, folderRights, truncate } from '../calls.js';
import type { Scenario } from '../step.js';

function tree(folder: string): void {
  mkdirSync(join(folder, 'd/e'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'f'), 'file');
  writeFileSync(join(folder, 'd/g'), 'inner');
}

/** The same with links: to the folders, to the file, to nothing, to themselves and out of the folder. */
function linkedTree(folder: string, outside: string): void {
  tree(folder);
  writeFileSync(join(outside, 'secret'), 'secret');
  for (const [name, target] of Object.entries({
    toFile: 'f',
    toFolder: 'd',
    toEmpty: 'empty',
    dangling: 'nothing',
    loop: 'loop',
    self: '.',
    up: '..',
    out: '../secret',
    absolute: '/etc/passwd',
    around: 'd/../f',
    chain: 'toFolder',
  })) {
    symlinkSync(target, join(folder, name));
  }
}

const names = ['', '.', './', '..', '../x', '/', '/f', 'f', 'f/', 'f/.', 'f/x', 'd', 'd/', 'd//g', 'd/./g'];
const moreNames = ['d/../f', 'd/e/../../f', 'd/../../x', 'nothing', 'nothing/', 'nothing/x', 'x'.repeat(300)];

/** Paths in every shape. */
export const pathScenarios: readonly Scenario[] = [
  {
    name: 'paths are looked up',
    prepare: tree,
    steps: [...names, ...moreNames].reduce((calls, path) => calls.statPath(path), new Calls()).steps,
  },
  {
    name: 'paths are opened',
    prepare: tree,
    steps: [...names, ...moreNames].reduce((calls, path) => calls.open('any', path), new Calls()).steps,
  },
  {
    name: 'folders are made and removed by paths',
    prepare: tree,
    steps: new Calls()
      .mkdir('new')
      .mkdir('new')
      .mkdir('new/')
      .mkdir('slash/')
      .mkdir('a/b')
      .mkdir('')
      .mkdir('.')
      .mkdir('..')
      .mkdir('new/..')
      .mkdir('f')
      .mkdir('f/x')
      .rmdir('d')
      .rmdir('f')
      .rmdir('f/')
      .rmdir('nothing')
      .rmdir('.')
      .rmdir('..')
      .rmdir('')
      .rmdir('new/.')
      .rmdir('new/..')
      .rmdir('new/')
      .rmdir('new')
      .rmdir('slash')
      .rmdir('empty').steps,
  },
  {
    name: 'files are removed by paths',
    prepare: tree,
    steps: new Calls()
      .unlink('d')
      .unlink('d/')
      .unlink('nothing')
      .unlink('nothing/')
      .unlink('f/')
      .unlink('f/x')
      .unlink('.')
      .unlink('..')
      .unlink('')
      .unlink('d/../f')
      .unlink('d/g').steps,
  },
  {
    name: 'opening makes, cuts and refuses',
    prepare: tree,
    steps: new Calls()
      .open('a', 'new', { flags: create | exclusive })
      .open('b', 'new', { flags: create | exclusive })
      .open('c', 'f', { flags: create | exclusive })
      .open('d', 'd', { flags: create | exclusive })
      .open('e', 'd', { flags: create })
      .open('f', 'd', { flags: truncate })
      .open('g', 'f', { flags: directory })
      .openFolder('h', 'd')
      .open('i', 'd', { flags: create | directory })
      .open('j', 'made', { flags: create | directory })
      .open('k', 'slash/', { flags: create })
      .open('l', 'f', { flags: truncate })
      .stat('l')
      .open('m', 'a/b', { flags: create })
      .open('n', 'f', { flags: 0x40 })
      .open('o', 'g', { dir: 'h' })
      .open('p', '../f', { dir: 'h' })
      .open('q', '../../f', { dir: 'h' })
      .open('r', 'x', { dir: 'l' })
      .open('s', 'x', { dir: 99 }).steps,
  },
  {
    name: 'links are followed or not',
    prepare: linkedTree,
    steps: [
      ...[
        'toFile',
        'toFile/',
        'toFolder',
        'toFolder/',
        'toFolder/g',
        'dangling',
        'dangling/',
        'loop',
        'self',
      ],
      ...['self/f', 'up', 'up/secret', 'self/../secret', 'out', 'absolute', 'around', 'chain/e', 'toFile/x'],
    ].reduce((calls, path) => calls.statPath(path).statPath(path, { follow: true }), new Calls()).steps,
  },
  {
    name: 'links are opened',
    prepare: linkedTree,
    steps: [
      'toFile',
      'toFile/',
      'toFolder',
      'toFolder/',
      'toFolder/g',
      'dangling',
      'loop',
      'up',
      'out',
      'absolute',
    ]
      .reduce((calls, path) => calls.open('a', path).open('b', path, { follow: true }), new Calls())
      .open('c', 'dangling', { flags: create | exclusive, follow: true })
      .open('d', 'dangling', { flags: create | exclusive })
      .open('e', 'toFile', { flags: create | exclusive, follow: true })
      .open('f', 'toFolder', { flags: directory })
      .open('g', 'toFolder', { flags: directory, follow: true, rights: folderRights })
      .open('h', 'toFile', { flags: truncate })
      .open('i', 'dangling', { flags: create })
      .open('j', 'dangling', { flags: create, follow: true })
      .open('k', 'out', { flags: create, follow: true })
      .open('l', '../f', { dir: 'g' }).steps,
  },
  {
    name: 'links are removed, not what they lead to',
    prepare: linkedTree,
    steps: new Calls()
      .rmdir('toEmpty')
      .rmdir('toEmpty/')
      .rmdir('toFolder/e/')
      .unlink('toEmpty/')
      .unlink('toFile/')
      .unlink('toFile')
      .unlink('dangling')
      .unlink('loop')
      .unlink('up')
      .mkdir('out')
      .mkdir('toFolder')
      .mkdir('toFolder/')
      .mkdir('toFolder/made').steps,
  },
  {
    name: 'links are read and made',
    prepare: linkedTree,
    steps: new Calls()
      .readlink('toFile')
      .readlink('toFile', 1)
      .readlink('toFile', 0)
      .readlink('toFolder/')
      .readlink('f')
      .readlink('d')
      .readlink('nothing')
      .readlink('around', 3)
      .readlink('self/toFile')
      .symlink('f', 'second')
      .readlink('second')
      .symlink('f', 'second')
      .symlink('f', 'f')
      .symlink('', 'none')
      .symlink('x', '')
      .symlink('x', 'slash/')
      .symlink('x', 'a/b')
      .symlink('/etc/passwd', 'out2')
      .symlink('../secret', 'out3')
      .symlink('f', 'dangling')
      .statPath('out3', { follow: true }).steps,
  },
  {
    name: 'hard links',
    prepare: linkedTree,
    steps: new Calls()
      .link('f', 'hard')
      .statPath('f')
      .statPath('f', { kind: 'identity' })
      .statPath('hard', { kind: 'identity' })
      .statPath('d/g', { kind: 'identity' })
      .link('f', 'hard')
      .link('f', 'slash/')
      .link('f/', 'other')
      .link('d', 'folder')
      .link('nothing', 'other')
      .link('toFile', 'linkOfLink')
      .statPath('linkOfLink')
      .link('f', 'dangling')
      .link('f', 'd/e/deep')
      .link('f', 'a/b')
      .link('f', '')
      .link('', 'x')
      .unlink('f')
      .statPath('hard')
      .link('d/g', 'followed', true).steps,
  },
  {
    name: 'files and links are renamed',
    prepare: linkedTree,
    steps: new Calls()
      .rename('f', 'moved')
      .statPath('f')
      .rename('moved', 'd/moved')
      .rename('d/moved', 'd/g')
      .statPath('d/g')
      .rename('d/g', 'd/g')
      .rename('d/g', 'd')
      .rename('d/g', 'empty')
      .rename('d/g', 'empty/')
      .rename('d/g', 'new/')
      .rename('d/g/', 'new')
      .rename('nothing', 'x')
      .rename('', 'x')
      .rename('d/g', '')
      .rename('d/g', 'a/b')
      .rename('d/g', '../x')
      .rename('toFolder', 'movedLink')
      .readlink('movedLink')
      .rename('toEmpty/', 'x')
      .rename('dangling', 'movedDangling')
      .readlink('movedDangling')
      .rename('d/g', 'toFile')
      .statPath('toFile').steps,
  },
  {
    name: 'folders are renamed',
    prepare: linkedTree,
    steps: new Calls()
      .rename('d', 'moved')
      .rename('moved/', 'd/')
      .rename('d', 'd/inside')
      .rename('d', 'd/e')
      .rename('empty', 'd')
      .rename('d', 'empty')
      .statPath('empty/g')
      .rename('empty', 'f')
      .rename('f', 'empty')
      .rename('.', 'x')
      .rename('..', 'x')
      .rename('empty', '.')
      .rename('empty', 'toFile')
      .rename('empty/e', 'toFolder')
      .rename('empty/e', 'toFolder/').steps,
  },
];
