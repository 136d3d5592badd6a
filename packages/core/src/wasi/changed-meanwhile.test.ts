import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { guestWithFolder } from './__fixtures__/guest-with-folder.js';
import { O_CREAT } from './__fixtures__/preview1.js';

// By turns the name is a folder of the guest's and a link that leads out.
const swap = `
  const { renameSync } = require('node:fs');
  const { workerData: { names: [name, folder, link], stop } } = require('node:worker_threads');
  while (Atomics.load(stop, 0) === 0) {
    renameSync(name, folder); renameSync(link, name);
    renameSync(name, link); renameSync(folder, name);
  }`;

test.runIf(process.platform === 'linux')(
  'no path leads out while somebody changes the folder at the same moment',
  async () => {
    const { guest, folder, outside } = guestWithFolder();
    using _guest = guest;
    const vault = path.join(outside, 'vault');
    const names = ['sub', 'folder', 'link'].map((name) => path.join(folder, name));
    for (const [place, text] of [
      [vault, 'secret'],
      [path.join(folder, 'sub'), 'public'],
    ] as const) {
      mkdirSync(place);
      writeFileSync(path.join(place, 'key'), text);
      writeFileSync(path.join(place, 'victim'), '');
    }
    symlinkSync(vault, path.join(folder, 'link'));
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(swap, { eval: true, workerData: { names, stop } });
    const read = new Set<string | number>();
    let refused = 0;
    try {
      for (const end = performance.now() + 10_000; read.size * refused < 50 && performance.now() < end; ) {
        for (let round = 0; round < 100; round++) {
          const fd = guest.open('sub/key', { follow: true });
          if (fd >= 0) {
            read.add(guest.read(fd));
            guest.call('fd_close', fd);
          } else refused++;
          const made = guest.open('sub/made', { flags: O_CREAT });
          if (made >= 0) guest.call('fd_close', made);
          guest.call('path_unlink_file', 3, ...guest.text('sub/victim'));
          guest.call('path_create_directory', 3, ...guest.text('sub/new'));
        }
      }
    } finally {
      Atomics.store(stop, 0, 1);
      await new Promise((resolve) => worker.once('exit', resolve));
    }
    expect([...read]).toEqual(['public']);
    expect(refused).toBeGreaterThan(0);
    expect(readdirSync(vault).sort()).toEqual(['key', 'victim']);
  },
);
