import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hideDescriptors, inheritedDescriptors } from './hide-descriptors.js';
import { koffi } from './koffi.js';

// POSIX: dup2 gives a descriptor without FD_CLOEXEC.
it.runIf(process.platform === 'linux')(
  'leaves a program none of the descriptors that native code opened',
  () => {
    const dup2 = koffi.load(null).func('int dup2(int, int)');
    const file = openSync('/etc/passwd', 'r');
    const leaked = [40, 251, 300].map((fd) => dup2(file, fd));
    try {
      const open = () =>
        spawnSync('sh', ['-c', 'for n in 40 251 300; do [ -e /dev/fd/$n ] && echo $n; done'], {
          encoding: 'utf8',
        });
      expect(open().stdout).toBe('40\n251\n300\n');
      expect(inheritedDescriptors()).toEqual(expect.arrayContaining(leaked));
      expect(inheritedDescriptors()).not.toContain(file);
      expect(hideDescriptors()).toEqual([]);
      expect(inheritedDescriptors()).toEqual([]);
      expect(open().stdout).toBe('');
      // What is named is passed all the same.
      const named = spawnSync('sh', ['-c', '[ -e /dev/fd/3 ] && echo 3'], {
        stdio: ['ignore', 'pipe', 'pipe', 40],
      });
      expect(String(named.stdout)).toBe('3\n');
    } finally {
      for (const fd of [file, ...leaked]) closeSync(fd);
    }
  },
);
