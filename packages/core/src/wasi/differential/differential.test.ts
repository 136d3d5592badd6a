import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../../__fixtures__/compile.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { createRuntime } from '../../index.js';
import { allowedDifferences } from './allowed-differences.js';
import { findDifferences, isAllowed } from './difference.js';
import { forWasmtime } from './for-wasmtime.js';
import { Judge, type Told } from './judge.js';
import { functionNames, rawCalls } from './raw-calls.js';
import { runScript } from './run-script.js';
import { scenarios } from './scenarios/index.js';

const python = forWasmtime();
if (python !== undefined) judgeWith(python);

/** The judge is wasmtime 50, an implementation of preview 1 that shares nothing with this one. */
function judgeWith(python: string): void {
  const folder = fileURLToPath(new URL('../../../node_modules/.cache/wasi-differential/', import.meta.url));
  const source = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const program = `${folder}run-on-core.js`;
  const judge = new Judge(scenarios);
  const unused = new Set(allowedDifferences);
  let theirs: Told[];

  beforeAll(async () => {
    const workers = ['../../engines/wasmedge/watchdog-worker.ts', '../../blocking/blocking-worker.ts'];
    await compile(['run-on-core.ts', ...workers].map(source), folder);
    theirs = await judge.ask('wasmtime', python, [source('run-on-wasmtime.py')]);
  });
  afterAll(() => judge[Symbol.dispose]());

  for (const engine of ['v8', 'wasmedge'] as const) {
    forEngine(engine, () => {
      it('answers as wasmtime does, the allowed differences aside', async () => {
        const ours = await judge.ask(engine, process.execPath, [program, engine]);
        const unexplained = findDifferences(scenarios, ours, theirs).filter((each) => {
          const allowance = allowedDifferences.find((one) => isAllowed(each, one));
          if (allowance !== undefined) unused.delete(allowance);
          return allowance === undefined;
        });
        expect(unexplained).toEqual([]);
      });
    });
  }

  it('allows no difference that does not exist', () => {
    expect([...unused].map(({ calls }) => calls)).toEqual([]);
  });

  it('makes some 580 calls, of every function that the guest has', () => {
    const calls = scenarios.flatMap(({ steps }) => steps.map(({ call }) => call));
    expect(calls.length).toBeGreaterThan(500);
    expect([...new Set(calls)].sort()).toEqual([...functionNames].sort());
  });

  // Nothing that a guest can see follows from these.
  const unseen = ['fd_advise', 'fd_datasync', 'fd_sync', 'sched_yield'];

  it.each(functionNames.filter((name) => !unseen.includes(name)))(
    'notices a %s that does nothing',
    async (name) => {
      const concerned = scenarios.filter(
        ({ stdin, steps }) =>
          (stdin !== undefined || !steps.some(({ label }) => label.includes('reads 0'))) &&
          steps.some(({ call }) => call === name),
      );
      using separate = new Judge(concerned);
      const answer = async (host: string, broken?: string) => {
        const tasks = separate.tasks(host);
        const answers = [];
        for (const { folder, steps } of tasks) {
          using runtime = await createRuntime({
            engine: 'v8',
            wasi: {
              env: { NAME: 'value' },
              preopens: { '/data': folder },
              stdin: 'some input',
              stdout: 'capture',
              stderr: 'capture',
            },
          });
          answers.push(runScript(runtime.instantiate(rawCalls(broken)), steps));
        }
        return separate.tell(tasks, answers);
      };
      expect(findDifferences(concerned, await answer('broken', name), await answer('whole'))).not.toEqual([]);
    },
  );
}
