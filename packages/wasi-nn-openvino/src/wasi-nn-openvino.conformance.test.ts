import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { suite } from '../conformance/suite.js';
import { forOpenVino } from './__fixtures__/for-openvino.js';

if (forOpenVino()) await conformanceTests(suite);
