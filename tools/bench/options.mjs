// @ts-check
import { parseArgs } from 'node:util';

export const usage = `Usage: npm run bench -- [options]

Measures the packages against a C program on the same libwasmedge, against plain WebAssembly, against
node:wasi, node:crypto, spawnSync and https.request of Node.js, and against Extism's SDK; inference against programs in C and C++ on the same libraries,
and on Triton against its own client in Python.

  --check         fail when a figure is missed, and in CI when a part could not be measured
  --slack <n>     let times be n times the figure (default 1)
  --json          print the results as JSON, and nothing else, on stdout
  --page <file>   write the results as a page, with machine and date
  --quick         fewer rounds; no inference, no start-up, no metering, no 10,000 runtimes
  --only <text>   only what has this text in its id
  --no-build      measure what was built before
  --lying-c       make the C program's answers wrong, to try the bench itself
`;

/**
 * @typedef {object} BenchOptions
 * @property {boolean} check
 * @property {number} slack
 * @property {boolean} json
 * @property {string} page
 * @property {boolean} quick
 * @property {string} only
 * @property {boolean} build
 * @property {boolean} lyingC
 */

/**
 * @param {string[]} args
 * @returns {BenchOptions | 'help'}
 * @throws {TypeError} saying which option is wrong
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      check: { type: 'boolean', default: false },
      slack: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      page: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      'no-build': { type: 'boolean', default: false },
      'lying-c': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const slack = Number(values.slack);
  if (!(slack > 0)) throw new TypeError(`--slack takes a number above 0, not ${values.slack}.`);
  const { check, json, page, quick, only } = values;
  return { check, slack, json, page, quick, only, build: !values['no-build'], lyingC: values['lying-c'] };
}
