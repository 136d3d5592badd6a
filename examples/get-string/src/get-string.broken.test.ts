import { assertSuiteDetects } from '@wasmedge-plugins/conformance';
import { it } from 'vitest';
import { brokenPlugin, type Defect } from '../conformance/broken/broken-plugin.js';
import { suite } from '../conformance/suite.js';
import type { getString } from './plugin.js';

const defects: readonly Defect[] = ['overrun', 'upper ignored', 'text before check'];

it('the suite notices each defect', () =>
  assertSuiteDetects(
    suite,
    (defect, { options }) =>
      brokenPlugin(defect as Defect | undefined, options as Parameters<typeof getString>[0]),
    defects,
  ));
