// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const prefix = 'example=';

/**
 * The file of an example project that a block shows, by its flag `example=get-string/src/plugin.ts`.
 * @param {Pick<import('./markdown-blocks.mjs').Block, 'flags'>} block
 */
export function exampleFile({ flags }) {
  return flags.find((flag) => flag.startsWith(prefix))?.slice(prefix.length);
}

/**
 * Blocks that differ from the file they show: who follows a tutorial writes what the tests have run.
 * @param {import('./markdown-blocks.mjs').Block[]} blocks
 * @param {string} examples the folder of the example projects
 * @returns {{ line: number, problem: string }[]}
 */
export function differingBlocks(blocks, examples) {
  return blocks.flatMap((block) => {
    const file = exampleFile(block);
    if (file === undefined) return [];
    const path = join(examples, file);
    if (!existsSync(path)) return [{ line: block.line, problem: `examples/${file} does not exist` }];
    return readFileSync(path, 'utf8') === block.code
      ? []
      : [{ line: block.line, problem: `this is not what examples/${file} contains` }];
  });
}
