import { elsewhereTests } from '@wasmedge-plugins/conformance/vitest';
import { nativePlugin } from '@wasmedge-plugins/core';
import { expect } from 'vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite } from '../conformance/suite.js';
import { processPlugin } from './plugin.js';

const job = {
  guest: new URL('command-runner.wasm', suite.guests),
  args: ['--stdin', '--env', 'MY_A', '1', '--', 'sh', '-c', 'cat; echo "$MY_A" >&2; exit 7'],
  stdin: 'from the host',
};
const ran = { done: 7, stdout: 'from the host', stderr: '1\n' };
const native = { ...ran, plugins: [{ name: 'wasmedge_process', provider: 'native' }] };

await elsewhereTests(suite, { standIn: buildStandIn }, ({ provider, nativePath }) => {
  if (provider === 'native') {
    const rules = { allowCommands: ['sh'], allowEnv: 'all' } as const;
    const any = nativePlugin({ path: String(nativePath), options: { 'allow-command': ['sh'] } });
    return [
      {
        ...job,
        name: 'the native plug-in',
        plugins: [processPlugin({ provider, nativePath, ...rules })],
        expected: native,
      },
      { ...job, name: 'the file as any native plug-in', plugins: [any], expected: native },
    ];
  }
  const allowEnv = ['LANG', 'MY_*'];
  const limits = { maxOutputBytes: 1000, maxPendingBytes: 2000 };
  const all = { allowCommands: ['sh'], allowAllCommands: false, allowEnv, ...limits, provider };
  return [
    { ...job, name: 'with all of its options', plugins: [processPlugin(all)], expected: ran },
    {
      ...job,
      name: 'what is not allowed here is not allowed there either',
      plugins: [processPlugin({ allowCommands: ['sh'], allowEnv: ['LANG'] })],
      expected: { done: 125, stderr: expect.stringContaining('MY_A') },
    },
  ];
});
