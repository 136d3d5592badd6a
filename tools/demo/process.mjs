// @ts-check
import { processPlugin } from '@wasmedge-plugins/process';
import { runGuest } from './run-guest.mjs';

/** A Rust program on the crate wasmedge_process_interface: it starts the command that its arguments name and passes on its streams and exit code. */
const guest = 'process/conformance/command-runner.wasm';

/** The commands that the host allows; everything else is refused. */
const plugins = [processPlugin({ allowCommands: ['sort', 'node'] })];
const script = 'console.log("out"); console.error("error"); process.exitCode = 3';

/** @type {import('./run-guest.mjs').Demonstration[]} */
export const demonstrations = [
  {
    plugin: 'process',
    what: 'a guest feeds "sort" and reads its output',
    async run(engine) {
      const { stdout } = await runGuest(engine, guest, {
        plugins,
        args: ['--stdin', '--', 'sort'],
        stdin: 'pear\napple\nfig\n',
      });
      return stdout.replaceAll('\n', ' ');
    },
    expected: 'apple fig pear',
  },
  {
    plugin: 'process',
    what: 'it starts "node": stdout, stderr, exit code',
    async run(engine) {
      const { stdout, stderr, exitCode } = await runGuest(engine, guest, {
        plugins,
        args: ['--', 'node', '-e', script],
      });
      return `${stdout}, ${stderr}, ${exitCode}`;
    },
    expected: 'out, error, 3',
  },
  {
    plugin: 'process',
    what: 'it starts "git", which is not allowed',
    async run(engine) {
      const { stderr, exitCode } = await runGuest(engine, guest, {
        plugins,
        args: ['--', 'git', '--version'],
      });
      // 125 is the guest's own answer to a refusal.
      return `${stderr.split(':')[0]}, ${exitCode}`;
    },
    expected: 'Permission denied, 125',
  },
];
