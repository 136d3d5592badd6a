// @ts-check

/** @typedef {import('vitest/node').TestModule} TestModule */

/** A package whose tests take longer than this is named with its time. */
const longSuiteMs = 120_000;

/**
 * A vitest reporter beside the default one. It closes with what was skipped and why, which no reporter of vitest's tells in a run without a
 * terminal, with the packages whose tests take long, with more lines of the caller's, and with the sum.
 */
export default class SummaryReporter {
  #more;

  /** @param {{ more?: readonly string[] }} [options] `more`: lines to print before the sum */
  constructor({ more = [] } = {}) {
    this.#more = more;
  }

  /** @param {readonly TestModule[]} modules @param {readonly unknown[]} unhandledErrors */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const skipped = tests.flatMap(skipText);
    const lines = [
      ...countEqual(skipped).map(
        ([name, count]) => `Skipped: ${name}${count > 1 ? ` (${count} times)` : ''}`,
      ),
      ...longSuites(modules),
      ...this.#more,
      sum([
        [tests.length - failed - skipped.length, 'passed'],
        // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
        [failed + modules.filter(failedWithoutTest).length + unhandledErrors.length, 'failed'],
        [skipped.length, 'skipped'],
      ]),
    ];
    console.log(`\n${lines.join('\n')}`);
  }
}

/** @param {import('vitest/node').TestCase} test */
function skipText(test) {
  const result = test.result();
  if (result.state !== 'skipped' && result.state !== 'pending') return [];
  const note = result.state === 'skipped' ? result.note : undefined;
  return [note === undefined ? test.fullName : `${test.fullName} (${note})`];
}

/** @param {TestModule} module */
function failedWithoutTest(module) {
  return (
    module.state() === 'failed' &&
    ![...module.children.allTests()].some((test) => test.result().state === 'failed')
  );
}

/** @param {readonly TestModule[]} modules */
function longSuites(modules) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const module of modules) {
    const { name } = module.project;
    const { collectDuration, duration } = module.diagnostic();
    times.set(name, (times.get(name) ?? 0) + collectDuration + duration);
  }
  return [...times]
    .filter(([, ms]) => ms > longSuiteMs)
    .map(([name, ms]) => `Takes over two minutes: ${name}, ${Math.round(ms / 1000)} s in all its files.`);
}

/** @param {readonly string[]} names */
function countEqual(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}

/** @param {readonly [number, string][]} counts */
function sum(counts) {
  return counts
    .filter(([count, word]) => count > 0 || word !== 'skipped')
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
