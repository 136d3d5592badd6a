// @ts-check

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

  /** @param {readonly import('vitest/node').TestModule[]} modules @param {readonly unknown[]} unhandledErrors */
  onTestRunEnd(modules, unhandledErrors) {
    let [passed, failed] = [0, unhandledErrors.length];
    /** @type {string[]} */
    const skipped = [];
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const module of modules) {
      const failedBefore = failed;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'failed') failed += 1;
        else
          skipped.push(
            `${test.fullName}${result.state === 'skipped' && result.note ? ` (${result.note})` : ''}`,
          );
      }
      // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
      if (module.state() === 'failed' && failed === failedBefore) failed += 1;
      const { collectDuration, duration } = module.diagnostic();
      const { name } = module.project;
      times.set(name, (times.get(name) ?? 0) + collectDuration + duration);
    }
    console.log();
    for (const name of new Set(skipped)) {
      const count = skipped.filter((each) => each === name).length;
      console.log(`Skipped: ${name}${count > 1 ? ` (${count} times)` : ''}`);
    }
    for (const [name, ms] of times)
      if (ms > longSuiteMs)
        console.log(`Takes over two minutes: ${name}, ${Math.round(ms / 1000)} s in all its files.`);
    for (const line of this.#more) console.log(line);
    console.log(
      `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    );
  }
}
