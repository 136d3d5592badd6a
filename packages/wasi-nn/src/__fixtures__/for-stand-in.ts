import { findWasmEdge } from '@wasmedge-plugins/core';
import { it } from 'vitest';
import { buildStandIn } from '../../conformance/build-stand-in.js';

/** Declares tests that need the stand-in of the native plug-in; where it cannot be had they are one skipped test with the reason. */
export async function forStandIn(declare: (file: string) => void): Promise<void> {
  let file: string;
  try {
    await findWasmEdge();
    file = await buildStandIn();
  } catch (error) {
    const reason = `no stand-in of the native plug-in: ${(error as Error).message}`;
    const required = (process.env.CI_REQUIRE ?? '').split(',');
    if (required.includes('wasmedge') || required.includes('native')) throw error;
    it.skip(reason.split('\n', 1)[0] ?? reason);
    return;
  }
  declare(file);
}
