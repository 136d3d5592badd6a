import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Calls, folder } from '../calls.js';
import type { Scenario } from '../step.js';

/** Listings of folders. */
export const listingScenarios: readonly Scenario[] = [
  {
    name: 'a folder is listed',
    prepare: (folder) => {
      writeFileSync(join(folder, 'file'), '');
      mkdirSync(join(folder, 'folder'));
      symlinkSync('file', join(folder, 'link'));
      writeFileSync(join(folder, 'ünïcödé 名'), '');
    },
    steps: new Calls()
      .list(folder, 4096)
      .list(folder, 4096)
      .list(folder, 0)
      .openFolder('d', 'folder')
      .list('d', 4096)
      .open('f', 'file')
      .list('f', 4096)
      .list(99, 4096).steps,
  },
  {
    name: 'a listing is continued',
    prepare: (folder) => {
      mkdirSync(join(folder, 'd'));
      writeFileSync(join(folder, 'd/a'), '');
    },
    steps: new Calls()
      .openFolder('d', 'd')
      // The first two entries are "." and "..", in that order, in 25 and 26 bytes.
      .list('d', 25, 0n, 'cookieOne')
      .list('d', 26, 'cookieOne', 'cookieTwo')
      .list('d', 25, 'cookieTwo', 'cookieThree')
      .list('d', 100, 'cookieThree')
      .list('d', 10, 'cookieOne')
      .list('d', 24, 'cookieTwo')
      .list('d', 4096, 'cookieOne')
      .list('d', 30, 'cookieTwo', 'cookieAgain')
      .list('d', 4096, 'cookieAgain')
      .make('b', 'd/b')
      .list('d', 4096)
      .list('d', 4096, 0xffffffffffn)
      .unlink('d/a')
      .list('d', 4096).steps,
  },
];
