/** A server that test files share. */
export type SharedServerName = 'triton' | 'mlserver';

/** Where a server that test files share listens; nobody may stop it, or change what it has loaded. */
export interface SharedServer {
  /** `127.0.0.1:8001` */
  readonly grpc: string;
  /** `127.0.0.1:8000` */
  readonly http: string;
}

/**
 * The server that all test files share, with all models; started when the first asks for it.
 *
 * @throws {Error} when it cannot be started.
 */
export async function sharedServer(name: SharedServerName): Promise<SharedServer> {
  const desk = process.env.KSERVE_TEST_SERVERS;
  if (desk === undefined) throw new Error('the tests run without the set-up in global-setup.ts');
  const response = await fetch(`${desk}/${name}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as SharedServer;
}
