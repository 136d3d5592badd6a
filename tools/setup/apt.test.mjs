// @ts-check
import { expect, test } from 'vitest';
import { exchangesLibc, parseSuites, parseVersions } from './apt.mjs';

test('the versions are those of package files (apt-cache(8), madison)', () => {
  const madison = [
    'libwasmedge-dev | 0.14.1+dfsg-3.1 | http://mirror.example/debian trixie/main amd64 Packages',
    '  wasmedge | 0.14.1+dfsg-3.1 | http://mirror.example/debian trixie/main Sources',
    '',
  ];
  expect(parseVersions(madison.join('\n'))).toEqual([{ version: '0.14.1+dfsg-3.1', suite: 'trixie' }]);
  expect(parseVersions('')).toEqual([]);
});

// As "apt-get -s install" prints it on Debian 12, with and without Debian 13 as a source.
test.each([
  ['Inst libc6 [2.36-9+deb12u10] (2.41-12+deb13u5 Debian:13.2/stable [amd64])', true],
  ['Inst libc6:i386 [2.36-9+deb12u10] (2.41-12+deb13u5 Debian:13.2/stable [i386])', true],
  ['Inst libc6 [2.36-9+deb12u10] (2.36-9+deb12u13 Debian:12.12/oldstable [amd64])', false],
  ['Inst libc6-dev (2.41-12+deb13u5 Debian:13.2/stable [amd64])', false],
])('another libc: %s: %s', (line, expected) => {
  expect(exchangesLibc(`Inst gcc (4:12.2.0-3 Debian:12.12/oldstable [amd64])\n${line}\n`)).toBe(expected);
});

test('the suites are those of package files with a release line', () => {
  const policy = `Package files:
 100 /var/lib/dpkg/status
     release a=now
 500 http://mirror.example/debian bookworm/main amd64 Packages
     release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64
     origin mirror.example
Pinned packages:
`;
  expect(parseSuites(policy)).toEqual([
    { uri: 'http://mirror.example/debian', codename: 'bookworm', origin: 'Debian' },
  ]);
});
