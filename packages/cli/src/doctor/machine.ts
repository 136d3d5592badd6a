import { readdirSync } from 'node:fs';
import type { Machine } from './doctor-report.js';

/** What this process runs on. */
export function readMachine(): Machine {
  const { version, platform, arch } = process;
  return { node: version.slice(1), platform, arch, libc: platform === 'linux' ? readLibc() : undefined };
}

function readLibc(): Machine['libc'] {
  const report = process.report.getReport() as unknown as {
    header: { glibcVersionRuntime?: string };
    sharedObjects: readonly string[];
  };
  const { glibcVersionRuntime: version } = report.header;
  if (version !== undefined) {
    return { name: 'glibc', version };
  }
  const musl = [...report.sharedObjects, ...listFolder('/lib')].some((file) => file.includes('ld-musl-'));
  return musl ? { name: 'musl' } : undefined;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
