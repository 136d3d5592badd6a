import { expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { compare } from './compare.js';
import { forSpecificationTests } from './groups.js';
import { OurHost } from './our-host.js';
import { PlainHost } from './plain-host.js';
import { results } from './results.js';

const folder = forSpecificationTests();

if (folder !== undefined) {
  forEngine('v8', () => {
    it.each(['1.0', '2.0', 'simd'] as const)(
      "fails in none of the specification's tests that plain WebAssembly passes: %s",
      async (group) => {
        const { counts, faults } = await compare(
          folder,
          group,
          () => OurHost.create('v8'),
          () => new PlainHost(),
        );
        expect(faults).toEqual([]);
        // Later versions take modules that later versions of the specification made valid.
        if (process.versions.node.startsWith('20.')) expect(counts).toEqual(results.v8[group]);
      },
    );
  });
}
