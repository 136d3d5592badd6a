import type { ProxySetup, ServerReport, ServerSetup, Step, TlsServerSetup } from './server-setup.js';
import { ServerThread } from './start-server-thread.js';

/** The thread of all servers: to start one for each takes longer than most cases. */
let thread: ServerThread | undefined;

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
  thread ??= new ServerThread(() => {
    thread = undefined;
  });
  const server = thread.newServer();
  try {
    const started = await server({ kind: 'start', setup });
    if ('failed' in started) {
      throw new ServerNotStarted(started.failed);
    }
    const { port } = started as { port: number };
    return await work({
      port,
      report: async () => ((await server({ kind: 'report' })) as { report: ServerReport }).report,
    });
  } finally {
    await server({ kind: 'stop' });
  }
}
