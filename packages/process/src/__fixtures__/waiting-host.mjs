// A host that runs a command which leaves a process behind, and then waits for one that does not end. As a worker, and as a process.
import { createProcessClient } from '../../dist/index.js';

const client = createProcessClient({ allowCommands: ['sh'] });
const { stdout } = client.run('sh', ['-c', 'sleep 60 & echo $!']);
const left = new TextDecoder().decode(stdout).trim();
// It tells of itself by a file: nobody hears the host while it waits.
client.run(
  'sh',
  ['-c', `sleep 60 & echo "${left} $!" >"$1.new"; mv "$1.new" "$1"; wait`, 'sh', process.argv[2]],
  {
    timeoutMs: 60_000,
  },
);
