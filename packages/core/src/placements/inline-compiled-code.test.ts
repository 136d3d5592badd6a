import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { sideBySideFlags } from '../engines/wasmedge/aot/side-by-side.js';
import { workerUrl } from '../helpers/worker-url.js';
import { temporaryFolder } from '../wasi/__fixtures__/temporary-folder.js';

const guest = await wat(`(module (memory 1) (func (export "_start"))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "trap") (drop (i32.load (i32.const -1)))))`);
const onV8 = await wat('(module (memory 1) (func (export "trap") (drop (i32.load (i32.const -1)))))');
const program = fileURLToPath(workerUrl('inline-aot-worker') as URL);

function run(placement: string): unknown {
  const modules = [guest, onV8].map((bytes) => Buffer.from(bytes).toString('base64'));
  const folder = temporaryFolder();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...sideBySideFlags(), program, placement, ...modules],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        XDG_STATE_HOME: join(folder, 'state'),
        WASMEDGE_PLUGINS_AOT_CACHE: join(folder, 'aot'),
      },
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const compiled = {
  'at first': 'interpreted',
  compiled: 'plain',
  'at last': 'compiled',
  add: 42,
  trap: 'memory out of bounds',
  V8: 'memory access out of bounds',
  'add again': 3,
  time: 'ERR_UNSUPPORTED_BY_ENGINE',
};

forEngine('wasmedge', () => {
  describe("aot: 'inline' in a Node.js with its options", () => {
    it('runs compiled code here, and leaves V8 what it needs', () => {
      // A signal is looked at when a host function returns, which ends compiled code too.
      expect(run('inline')).toEqual({ ...compiled, signal: 0 });
    });

    it('runs it in a worker thread, and refuses what could not end it there', () => {
      expect(run('worker')).toEqual({ ...compiled, signal: 'ERR_UNSUPPORTED_BY_ENGINE' });
    });
  });
});
