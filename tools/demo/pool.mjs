// @ts-check
import { createPool } from '@wasmedge-plugins/core';
import { packageFile } from './package-file.mjs';

/** @type {import('./run-guest.mjs').Demonstration[]} */
export const demonstrations = [
  {
    plugin: 'a pool',
    what: 'two threads serve 20 calls of a guest',
    async run(engine) {
      const pool = createPool({
        engine,
        placement: 'worker',
        size: 2,
        guest: packageFile('core/samples/hello.wasm'),
      });
      try {
        const answers = await Promise.all(Array.from({ length: 20 }, () => pool.run()));
        const right = answers.filter(({ stdout }) => Buffer.from(stdout).toString() === 'hello\n');
        return `${right.length} answers`;
      } finally {
        await pool[Symbol.asyncDispose]();
      }
    },
    expected: '20 answers',
  },
];
