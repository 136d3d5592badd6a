import { findWasmEdge } from '@wasmedge-plugins/core';

const problem = await findWasmEdge().then(
  () => undefined,
  (error: Error) => error.message,
);

if (problem !== undefined && (process.env.CI_REQUIRE ?? '').split(',').includes('wasmedge')) {
  throw new Error(`CI_REQUIRE names wasmedge, but: ${problem}`);
}

/** Why engine `wasmedge` cannot be tested here. */
export const libraryProblem = problem;

/** Engines that can be tested here. */
export const engines = problem === undefined ? ['v8', 'wasmedge'] : ['v8'];
