import { defectTests } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { brokenTFLitePlugin, defectNames } from '../conformance/broken/broken-plugin.js';
import { suiteFor } from '../conformance/suite.js';

defectTests(suiteFor('litert'), brokenTFLitePlugin, defectNames);
