// @ts-check
// npm run demo: real guests through the embedded process plug-in, on `v8`, and on `wasmedge` where a libwasmedge is present.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { main } from './lib/run.mjs';

/** A Rust program on the crate wasmedge_process_interface: it starts the command that its arguments name and passes on its streams and exit code. */
const guestFile = join(repositoryRoot, 'packages/process/conformance/command-runner.wasm');

/** The commands that the host allows; everything else is refused. */
const allowCommands = ['sort', 'node'];

const runs = [
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

await main(async () => {
  await ensureDependencies();
  await build(['@wasmedge-plugins/process...']);
  const { LibraryNotFoundError, LibraryVersionError } = await import('@wasmedge-plugins/core');
  const rows = [];
  const notRun = [];
  for (const engine of /** @type {const} */ (['v8', 'wasmedge'])) {
    try {
      for (const run of runs) rows.push(await runGuest(engine, run));
    } catch (error) {
      if (!LibraryNotFoundError.isInstance(error) && !LibraryVersionError.isInstance(error)) throw error;
      notRun.push(`\nNot run on ${engine}: ${error.message}`);
    }
  }
  console.table(rows);
  for (const line of notRun) console.log(line);
  return rows.every(({ answer }) => answer === 'as expected') ? 0 : 1;
});

/** @param {'v8' | 'wasmedge'} engine @param {typeof runs[number]} run */
async function runGuest(engine, { what, args, stdin, expected }) {
  const { createRuntime } = await import('@wasmedge-plugins/core');
  const { processPlugin } = await import('@wasmedge-plugins/process');
  const start = performance.now();
  const runtime = await createRuntime({
    engine,
    plugins: [processPlugin({ allowCommands })],
    wasi: { programName: 'command-runner', args, stdin, stdout: 'capture', stderr: 'capture' },
  });
  try {
    const exitCode = runtime.run(guestFile);
    const time = `${Math.round(performance.now() - start)} ms`;
    const [stdout, stderr] = [runtime.stdout, runtime.stderr].map((bytes) => Buffer.from(bytes).toString());
    const answer = { exitCode, stdout, stderr };
    const { plugins, library, engine: name } = runtime.report();
    console.log(`${engine}: a guest ${what}\n `, answer);
    return {
      'the guest': what,
      engine: library === undefined ? name : `${name} ${library.version}`,
      provider: plugins[0]?.provider,
      time,
      answer: isDeepStrictEqual(answer, expected) ? 'as expected' : 'NOT as expected',
    };
  } finally {
    runtime[Symbol.dispose]();
  }
}
