// @ts-check

/**
 * One run of the guest `command-runner`, a Rust program on the crate wasmedge_process_interface: it starts the
 * command that its arguments name and passes on stdin, stdout, stderr and the exit code.
 * @typedef {object} DemoGuest
 * @property {string} what
 * @property {string[]} args
 * @property {string} stdin
 * @property {{ exitCode: number, stdout: string, stderr: string }} expected
 */

/** The commands that the host allows; everything else is refused. */
export const allowCommands = ['sort', 'node'];

/** @type {DemoGuest[]} */
export const demoGuests = [
  {
    what: 'feeds "sort" through stdin and reads its stdout',
    args: ['--stdin', '--', 'sort'],
    stdin: 'pear\napple\nfig\n',
    expected: { exitCode: 0, stdout: 'apple\nfig\npear\n', stderr: '' },
  },
  {
    what: 'starts "node" and reads stdout, stderr and exit code 3',
    args: ['--', 'node', '-e', 'console.log("to stdout"); console.error("to stderr"); process.exitCode = 3'],
    stdin: '',
    expected: { exitCode: 3, stdout: 'to stdout\n', stderr: 'to stderr\n' },
  },
  {
    what: 'starts "git", which is not allowed: refused',
    args: ['--', 'git', '--version'],
    stdin: '',
    // The plug-in says why in the command's stderr; 125 is the guest's own answer to a refusal.
    expected: {
      exitCode: 125,
      stdout: '',
      stderr:
        'Permission denied: Command "git" is not in the white list. ' +
        'Please use --allow-command=git or --allow-command-all to add "git" command into the white list.\n',
    },
  },
];
