// @ts-check
import { expect, test } from 'vitest';
import { lockedToLibc } from './debian-mix.mjs';

// libc6-dev of Debian 12 says "Depends: libc6 (= 2.36-9+deb12u14)", that of Debian 13 "Breaks: dpkg-dev (<< 1.22.5)".
test('what must move with libc: installed packages of its source, and dpkg-dev beside libc6-dev', () => {
  const query = [
    'installed glibc libc6',
    'installed glibc libc6-dev',
    'config-files glibc nscd',
    'installed dpkg dpkg-dev',
    'installed dpkg dpkg',
    'installed bash bash',
  ];
  expect(lockedToLibc(query.join('\n'))).toEqual(['libc6', 'libc6-dev', 'dpkg-dev']);
  expect(lockedToLibc('installed glibc libc6\ninstalled dpkg dpkg-dev\n')).toEqual(['libc6']);
});
