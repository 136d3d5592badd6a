import { expect, test } from 'vitest';
import { mountPointsIn } from './mount-points.js';

// The first line is the example of proc_pid_mountinfo(5), which also says how spaces are written.
const mountInfo = Buffer.from(
  [
    '36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue',
    '22 1 0:21 / / rw - ext4 /dev/vda rw',
    '40 36 0:30 / /mnt2/with\\040space rw - tmpfs tmpfs rw',
    '41 36 0:31 / /mnt2/with\\134slash rw - tmpfs tmpfs rw',
    '42 36 0:32 / /mnt2/grün rw - tmpfs tmpfs rw',
    '43 36 0:33 / /mnt2/a/b rw - tmpfs tmpfs rw',
    '44 36 0:34 / /mnt22 rw - tmpfs tmpfs rw',
    '',
  ].join('\n'),
).toString('latin1');

test.each([
  ['/mnt2', ['with space', 'with\\slash', 'grün']],
  ['/mnt2/a', ['b']],
  ['/', ['mnt2', 'mnt22']],
  ['/mnt', []],
])('what is mounted in %s is found', (folder, names) => {
  expect([...mountPointsIn(mountInfo, folder)]).toEqual(names);
});
