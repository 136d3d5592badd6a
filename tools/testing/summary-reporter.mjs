// @ts-check
import { stripVTControlCharacters } from 'node:util';
import { describeLeftOut } from '../setup/mode.mjs';

/** A package whose tests take longer than this is named with its time. */
const longSuiteMs = 120_000;

/**
 * A vitest reporter beside the default one. It closes with what was skipped and why, which no reporter of vitest's tells in a run without a
 * terminal, with the packages whose tests take long, with what the set-up left out, with what failed or did at first, and with the sum.
 */
export default class SummaryReporter {
  #leftOut;

  /** @param {{ leftOut?: readonly import('../setup/mode.mjs').LeftOut[] }} [options] */
  constructor({ leftOut = [] } = {}) {
    this.#leftOut = leftOut;
  }

  /** @param {readonly import('vitest/node').TestModule[]} modules @param {readonly unknown[]} unhandledErrors */
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    const failed = unhandledErrors.map(withCauses);
    /** @type {string[]} */
    const flaky = [];
    /** @type {Map<string, number>} */
    const skipped = new Map();
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const module of modules) {
      const failedTests = [...module.children.allTests('failed')];
      failed.push(
        ...failedTests.map((test) => `${module.relativeModuleId} > ${test.fullName}${reasonOf(test)}`),
      );
      // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
      if (failedTests.length === 0 && module.state() === 'failed') failed.push(module.relativeModuleId);
      // Its process died: vitest counts its tests as skipped.
      if (!['passed', 'failed', 'skipped'].includes(module.state()))
        failed.push(`${module.relativeModuleId} did not come to its end`);
      for (const test of module.children.allTests()) {
        const result = test.result();
        const reason = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
        if (test.diagnostic()?.flaky) flaky.push(`${module.relativeModuleId} > ${test.fullName}`);
        if (result.state === 'passed') passed += 1;
        else if (result.state !== 'failed') add(skipped, `${test.fullName}${reason}`, 1);
      }
      const { collectDuration, duration } = module.diagnostic();
      add(times, module.project.name, collectDuration + duration);
    }
    console.log();
    for (const [name, count] of skipped)
      console.log(`Skipped: ${name}${count > 1 ? ` (${count} times)` : ''}`);
    for (const [name, ms] of times)
      if (ms > longSuiteMs)
        console.log(`Takes over two minutes: ${name}, ${Math.round(ms / 1000)} s in all its files.`);
    for (const each of this.#leftOut) console.log(`Left out: ${describeLeftOut(each)}`);
    // At the end once more, where those look who see only the end.
    for (const each of flaky) console.log(`Passed only when it ran again: ${each}`);
    for (const each of failed) console.log(`Failed: ${each}`);
    const allSkipped = [...skipped.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${passed} passed, ${failed.length} failed${allSkipped > 0 ? `, ${allSkipped} skipped` : ''}`,
    );
  }
}

const reasonLines = 12;

/** The beginning of what the first error says. @param {import('vitest/node').TestCase} test */
function reasonOf(test) {
  const { message, diff } = test.result().errors?.[0] ?? {};
  const lines = `${message ?? ''}\n${diff ?? ''}`.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(0, reasonLines)
    .map((line) => `\n    ${stripVTControlCharacters(line)}`)
    .join('');
}

/** @param {unknown} error @returns {string} */
function withCauses(error) {
  const { cause } = Object(error);
  return cause === undefined ? String(error) : `${error} Cause: ${withCauses(cause)}`;
}

/** @param {Map<string, number>} counts @param {string} name @param {number} more */
function add(counts, name, more) {
  counts.set(name, (counts.get(name) ?? 0) + more);
}
