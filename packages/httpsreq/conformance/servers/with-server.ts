import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ProxySetup, ServerReport, ServerSetup, Step, TlsServerSetup } from './server-setup.js';

/** A server of the suite, as its case sees it. */
export interface TestServer {
  readonly port: number;
  /** What it has seen so far. */
  report(): Promise<ServerReport>;
}

/** Thrown when the machine cannot give what a server needs, such as an IPv6 loopback address. */
export class ServerNotStarted extends Error {}

/** Runs `work` while a TLS server does these steps on each of its connections. */
export function withServer<Result>(
  steps: readonly Step[],
  work: (server: TestServer) => Promise<Result>,
  setup: Partial<TlsServerSetup> = {},
): Promise<Result> {
  return withThread({ ...setup, kind: 'tls', steps }, work);
}

/** Runs `work` while a proxy is there. */
export function withProxy<Result>(
  setup: Omit<ProxySetup, 'kind'>,
  work: (proxy: TestServer) => Promise<Result>,
): Promise<Result> {
  return withThread({ ...setup, kind: 'proxy' }, work);
}

async function withThread<Result>(
  setup: ServerSetup,
  work: (server: TestServer) => Promise<Result>,
): Promise<Result> {
  // Threads load built files only; the sources are compiled next to `dist`.
  const script = import.meta.url.endsWith('.ts')
    ? '../../dist/conformance-server.js'
    : './conformance-server.js';
  const worker = new Worker(new URL(script, import.meta.url), { workerData: setup });
  try {
    const [started] = (await once(worker, 'message')) as [{ port: number } | { failed: string }];
    if ('failed' in started) {
      throw new ServerNotStarted(started.failed);
    }
    return await work({
      port: started.port,
      async report() {
        worker.postMessage('report');
        const [report] = (await once(worker, 'message')) as [ServerReport];
        return report;
      },
    });
  } finally {
    await worker.terminate();
  }
}
