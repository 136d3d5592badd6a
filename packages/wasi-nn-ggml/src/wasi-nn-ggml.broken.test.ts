import { defectTests } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { brokenGGMLPlugin, defectNames } from '../conformance/broken/broken-plugin.js';
import { suite } from '../conformance/suite.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';

await describeWithLibrary(async () => defectTests(suite, brokenGGMLPlugin, defectNames));
