import { defectTests } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { brokenONNXPlugin, defectNames } from '../conformance/broken/broken-plugin.js';
import { suiteFor } from '../conformance/suite.js';

defectTests(suiteFor('web'), brokenONNXPlugin, defectNames);
