import { expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { openLibrary } from '../../native/library.js';
import { CApiHost } from './c-api-host.js';
import { compare } from './compare.js';
import { forSpecificationTests } from './groups.js';
import { OurHost } from './our-host.js';
import { results } from './results.js';

const folder = forSpecificationTests();

if (folder !== undefined) {
  forEngine('wasmedge', () => {
    it.each(['1.0', '2.0', 'simd'] as const)(
      "fails in none of the specification's tests that the C interface passes: %s",
      async (group) => {
        const library = openLibrary(undefined);
        const { counts, faults } = await compare(
          folder,
          group,
          () => OurHost.create('wasmedge'),
          () => new CApiHost(library),
        );
        expect(faults).toEqual([]);
        // Later versions take modules that later versions of the specification made valid, and pass more.
        if (library.version === '0.14.1') expect(counts).toEqual(results.wasmedge[group]);
      },
    );
  });
}
