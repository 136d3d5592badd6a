// @ts-check
import { expect, test } from 'vitest';
import { exchangesLibc, parseCandidate, parseSuites } from './apt.mjs';

// Both texts are what apt-cache policy (apt 2.6) prints; see apt-cache(8) and apt_preferences(5).

test('the candidate is the version with its pin priority', () => {
  const policy = `libwasmedge-dev:
  Installed: (none)
  Candidate: 0.14.1+dfsg-3.1
  Version table:
     0.14.1+dfsg-3.1 100
        100 http://mirror.example/debian trixie/main amd64 Packages
`;
  expect(parseCandidate(policy)).toEqual({ version: '0.14.1+dfsg-3.1', priority: 100 });
});

test('a version that is only installed cannot be fetched', () => {
  const policy = `libwasmedge-dev:
  Installed: 0.14.1+dfsg-3.1
  Candidate: 0.14.1+dfsg-3.1
  Version table:
 *** 0.14.1+dfsg-3.1 100
        100 /var/lib/dpkg/status
`;
  expect(parseCandidate(policy)).toBeUndefined();
});

test.each(['', 'x:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n'])(
  'no candidate: %j',
  (policy) => {
    expect(parseCandidate(policy)).toBeUndefined();
  },
);

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
