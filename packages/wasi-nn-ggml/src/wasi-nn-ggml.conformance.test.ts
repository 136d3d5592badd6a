import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { suite } from '../conformance/suite.js';

await conformanceTests(suite, { providers: ['embedded'] });
