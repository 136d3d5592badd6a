import { workerUrl } from '../../helpers/worker-url.js';
import { hostFunction, hostModule } from '../../index.js';

const ends: Readonly<Record<number, () => void>> = {
  0: () => {},
  1: () => process.abort(),
  2: () => process.exit(3),
  3: () => process.kill(process.pid, 'SIGSEGV'),
  4: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1000).fill(kept.length));
  },
};

/** Host functions that end the process of the guest. */
export const faults = hostModule(
  'faults',
  { end: hostFunction(['i32'], [], (_, how) => ends[how]?.()) },
  { exportedAs: { module: workerUrl('faults-worker') as URL, export: 'faults' } },
);
