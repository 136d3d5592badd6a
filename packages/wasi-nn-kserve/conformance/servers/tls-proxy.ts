import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import { type CertificateName, certificatePem } from './certificates.js';

/** What ends TLS in front of a server that has none, or not with such a certificate. */
export interface TlsProxy extends AsyncDisposable {
  readonly port: number;
}

/** Starts one in front of a port of this machine. */
export async function startTlsProxy(port: number, certificate: CertificateName): Promise<TlsProxy> {
  const pem = certificatePem(certificate);
  const proxy = createServer({ cert: pem, key: pem, ALPNProtocols: ['h2', 'http/1.1'] }, (client) => {
    const server = connect(port, '127.0.0.1');
    client.on('error', () => server.destroy()).on('close', () => server.destroy());
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.pipe(server).pipe(client);
  });
  // Clients that do not trust it go away.
  proxy.on('tlsClientError', () => {});
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(proxy, 'close');
      proxy.close();
      await closed;
    },
  };
}
