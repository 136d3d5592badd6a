import { describe, expect, it } from 'vitest';
import { createSumSuite, defects, sumPlugin } from './__fixtures__/sum-suite.js';
import { assertSuiteDetects, type CreateBrokenPlugin } from './assert-suite-detects.js';

const suite = await createSumSuite();
const createBroken: CreateBrokenPlugin = (defect, setup) => sumPlugin(setup, defect);

describe('assertSuiteDetects', () => {
  it('accepts a suite that notices each defect in the case that names it', async () => {
    await expect(assertSuiteDetects(suite, createBroken, defects)).resolves.toBeUndefined();
  });

  it('refuses a case that does not notice its defect', async () => {
    const blind: CreateBrokenPlugin = (_, setup) => sumPlugin(setup);
    await expect(assertSuiteDetects(suite, blind, defects)).rejects.toThrow(
      /"2 and 3 are 5" passes .* subtracts[\s\S]*"the last sum is kept" passes .* forgets/,
    );
  });

  it('refuses a defect that no case names, and a name that is not a defect', async () => {
    await expect(assertSuiteDetects(suite, createBroken, ['subtracts', 'leaks'])).rejects.toThrow(
      /no case names the defect leaks[\s\S]*forgets, which is not one of the defects/,
    );
  });

  it('refuses a suite that fails without a defect', async () => {
    const always: CreateBrokenPlugin = (_, setup) => sumPlugin(setup, 'subtracts');
    await expect(assertSuiteDetects(suite, always, defects)).rejects.toThrow(
      /although no defect is switched on: expected 5, got -1/,
    );
    const withoutNames = suite.cases.map(({ detects: _, ...each }) => each);
    await expect(assertSuiteDetects({ ...suite, cases: withoutNames }, always, [])).rejects.toThrow(
      /although no defect is switched on/,
    );
  });

  it('runs no case for a defect that it does not name, and none without a defect where that was done', async () => {
    const made: unknown[] = [];
    const counting: CreateBrokenPlugin = (defect, setup) => {
      made.push(defect);
      return sumPlugin(setup, defect);
    };
    await assertSuiteDetects(suite, counting, defects, { withoutDefect: false });
    expect(made).toEqual(defects);
  });
});
