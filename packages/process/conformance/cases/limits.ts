import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { RawCalls } from '../drive/raw-calls.js';

const source = 'the options maxPendingBytes and maxOutputBytes of this package';
const mebibyte = 1 << 20;

/** Bounds on what a guest can make the host keep. */
export const limitCases: readonly ConformanceCase[] = [
  {
    name: 'a guest that adds more input than is allowed is stopped',
    source,
    upstreamDiffers: 'input is kept without a bound',
    detects: ['unbounded-input'],
    async run(context) {
      const raw = await RawCalls.create(context, { allowCommands: ['sh'], maxPendingBytes: mebibyte });
      await raw.exports.add_pages_to_stdin(16);
      await assert.rejects(async () => raw.exports.add_pages_to_stdin(1), { code: 'ERR_PROCESS_LIMIT' });
      await assert.rejects(async () => raw.exports.add_empty_arguments(100_000), {
        code: 'ERR_PROCESS_LIMIT',
      });
    },
  },
  {
    name: 'a command that writes more than is allowed is ended, and the next one runs',
    source,
    upstreamDiffers: 'output is kept without a bound',
    detects: ['unbounded-output'],
    async run(context) {
      const raw = await RawCalls.create(context, { allowCommands: ['sh'], maxOutputBytes: mebibyte });
      for (const redirection of ['', '>&2']) {
        await raw.shell(`head -c 3000000 /dev/zero ${redirection}`);
        await assert.rejects(async () => raw.exports.run(), { code: 'ERR_PROCESS_LIMIT' });
        assert.equal(await raw.exports.get_exit_code(), -1);
      }
      await raw.shell(`head -c ${mebibyte} /dev/zero`);
      assert.equal(await raw.exports.run(), 0);
      assert.equal(await raw.exports.get_stdout_len(), mebibyte);
    },
  },
];
