import { describe, expect, it } from 'vitest';
import type { CaseResult } from './case-result.js';
import { formatJson } from './format-json.js';
import { formatTable } from './format-table.js';
import type { ConformanceReport } from './run-conformance.js';

const first = { name: 'exit code 3 stays 3', source: 'guest-abi 1.8', milliseconds: 4 };
const second = { name: 'death by signal is told', source: 'POSIX', milliseconds: 5 };
const failed: CaseResult = { ...second, status: 'failed', error: new TypeError('expected 137, got 0') };
const report: ConformanceReport = {
  plugin: 'wasmedge_process',
  title: 'Process plug-in',
  ok: false,
  reports: [
    {
      target: { engine: 'v8', provider: 'embedded' },
      ok: false,
      cases: [{ ...first, status: 'passed' }, failed],
    },
    {
      target: { engine: 'wasmedge', provider: 'native', standIn: true, nativePath: '/x.so' },
      ok: true,
      cases: [
        { ...first, status: 'ignored', reason: 'no shell' },
        { ...second, status: 'differs', text: 'exit code 0', error: new Error('got 0') },
      ],
    },
  ],
  ignored: [{ engine: 'wasmedge', provider: 'embedded', reason: 'No libwasmedge:\n/a', required: true }],
};

describe('reporters', () => {
  it('shows every case on every target, and a word on all that did not pass', () => {
    expect(formatTable(report)).toBe(`Process plug-in (wasmedge_process)

                         v8        wasmedge
                         embedded  native (stand-in)
exit code 3 stays 3      passed    ignored
death by signal is told  failed    differs

failed: death by signal is told (v8, embedded)
    TypeError: expected 137, got 0
    expected by POSIX

ignored: exit code 3 stays 3 (wasmedge, native (stand-in))
    no shell

differs: death by signal is told (wasmedge, native (stand-in))
    upstream: exit code 0

missing, and CI_REQUIRE names it: wasmedge, embedded
    No libwasmedge:
    /a

v8, embedded                 1 passed, 1 failed
wasmedge, native (stand-in)  0 passed, 1 differs, 1 ignored
wasmedge, embedded           not run
`);
  });

  it('writes JSON with the errors in it', () => {
    const parsed = JSON.parse(formatJson(report));
    expect(parsed.reports[0].cases[1]).toMatchObject({
      status: 'failed',
      error: { name: 'TypeError', message: 'expected 137, got 0' },
    });
    expect(parsed.reports[1].target).toMatchObject({ standIn: true });
  });
});
