import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addPluginOptions } from './plugin-options.js';

it('says of an option which packages take it', () => {
  const own = { flags: '--own', description: 'one' };
  const shared = { flags: '--shared <text>', description: 'several', repeatable: true };
  const added = addPluginOptions(new Command('run'), [
    { packageName: '@scope/nn-ggml', options: [own, shared] },
    { packageName: '@scope/nn-onnx', options: [shared] },
  ]);
  expect(added.map(({ description }) => description)).toEqual([
    'one (@scope/nn-ggml)',
    'several (@scope/nn-*)',
  ]);
});
