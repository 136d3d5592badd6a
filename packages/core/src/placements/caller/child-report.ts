import { readFileSync } from 'node:fs';
import type { ChildReport } from '../../runtime/runtime-report.js';
import type { GroupChoice } from './control-group.js';

/** What is reported of a child while none runs. */
export const noChild: ChildReport = {
  pid: undefined,
  limits: {},
  gainsNoRights: false,
  controlGroup: { reason: 'no process is running; the next call starts one' },
};

/** What the system says of a child. */
export function reportChild(pid: number, { group, reason }: GroupChoice): ChildReport {
  const limits = textOf(pid, 'limits');
  const soft = (name: string): number | undefined => {
    const [, value] = new RegExp(`^Max ${name}\\s+(\\d+) `, 'm').exec(limits) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  return {
    pid,
    limits: {
      dataBytes: soft('data size'),
      cpuSeconds: soft('cpu time'),
      coreBytes: soft('core file size'),
    },
    gainsNoRights: /^NoNewPrivs:\s*1$/m.test(textOf(pid, 'status')),
    controlGroup: group === undefined ? { reason } : { path: group.path },
  };
}

function textOf(pid: number, name: 'limits' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
