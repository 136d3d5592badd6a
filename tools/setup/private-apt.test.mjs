// @ts-check
import { expect, it } from 'vitest';
import { dependenciesIn } from './private-apt.mjs';

it('takes the first of alternatives, and no virtual packages', () => {
  // As apt-cache of Debian 13 prints it.
  const text = [
    'libfirst1',
    '  Depends: libsecond2',
    ' |Depends: libthird3',
    '  Depends: libthird3t64',
    '  PreDepends: libfourth4:any',
    '  Depends: <libvirtual>',
    '    libprovider',
    '',
  ].join('\n');
  expect(dependenciesIn(text)).toEqual(['libsecond2', 'libthird3', 'libfourth4']);
});
