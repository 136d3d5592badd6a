import { ClockId, FdFlags } from '../../wasi-types.js';
import { Calls } from '../calls.js';
import type { Scenario } from '../step.js';

const { realtime, monotonic, processCpu } = ClockId;
const millisecond = 1_000_000n;

/** Waiting, and standard input. */
export const waitingScenarios: readonly Scenario[] = [
  {
    name: 'clocks are waited for',
    steps: new Calls()
      .poll({ clock: monotonic, timeout: 0n })
      .poll({ clock: monotonic, timeout: millisecond })
      .poll({ clock: realtime, timeout: millisecond })
      .poll({ clock: monotonic, timeout: 0n, absolute: true })
      .poll({ clock: realtime, timeout: 1n, absolute: true })
      .poll(
        { clock: monotonic, timeout: 60_000n * millisecond },
        { clock: monotonic, timeout: 5n * millisecond },
      )
      .poll({ clock: monotonic, timeout: -1n }, { clock: monotonic, timeout: 5n * millisecond })
      .poll(
        { clock: monotonic, timeout: -1n, absolute: true },
        { clock: monotonic, timeout: 5n * millisecond },
      )
      .poll({ clock: realtime, timeout: -1n, absolute: true }, { clock: realtime, timeout: 5n * millisecond })
      .poll({ clock: processCpu, timeout: 0n })
      .poll({ clock: 99, timeout: 0n })
      .poll()
      .poll({ type: 3 }).steps,
  },
  {
    name: 'files are waited for',
    steps: new Calls()
      .make('f', 'f', 'content')
      .poll({ reads: 'f' })
      .poll({ writes: 'f' })
      .seek('f', 0n, 0)
      .poll({ reads: 'f' })
      .poll({ reads: 'f' }, { clock: monotonic, timeout: 60_000n * millisecond })
      .poll({ clock: monotonic, timeout: 60_000n * millisecond }, { writes: 'f' })
      .poll({ writes: 1 })
      .poll({ writes: 2 }, { clock: monotonic, timeout: 60_000n * millisecond })
      .poll({ reads: 99 })
      .poll({ reads: 99 }, { clock: monotonic, timeout: 60_000n * millisecond })
      .poll({ writes: 99 })
      .poll({ reads: 3 })
      .poll({ writes: 3 }).steps,
  },
  {
    name: 'a file as standard input',
    stdin: 'some input',
    steps: new Calls()
      .fdstat(0)
      .poll({ reads: 0 }, { clock: monotonic, timeout: 60_000n * millisecond })
      .read(0, 4)
      .read(0, 2)
      .read(0, 10)
      .write(0, 'x')
      .seek(0, 0n, 0)
      .read(1, 1)
      .write(1, '')
      .close(0)
      .read(0, 1).steps,
  },
  {
    name: 'standard input where nothing comes',
    steps: new Calls()
      .poll({ reads: 0 }, { clock: monotonic, timeout: 20n * millisecond })
      .poll({ clock: monotonic, timeout: 20n * millisecond }, { reads: 0 })
      .poll({ reads: 0 }, { clock: monotonic, timeout: 0n })
      .poll({ reads: 0 }, { writes: 1 })
      .setFlags(0, FdFlags.nonblock).steps,
  },
];
