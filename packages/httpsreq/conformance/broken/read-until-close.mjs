// @ts-check
// Loaded by the helper thread as it is.
import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** Upstream would wait for ever; a test cannot. */
const patienceMs = 10_000;

/**
 * Asks as upstream's plug-in does: any host, any certificate, and everything that comes until the connection ends.
 * @param {{ host: string, port: number, bytes: Uint8Array, serverName?: string }} request
 * @returns {Promise<Uint8Array>}
 */
export function readUntilClose({ host, port, bytes, serverName = host }) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    const servername = isIP(serverName) === 0 ? { servername: serverName } : {};
    const socket = connect({ host, port, rejectUnauthorized: false, ...servername }, () =>
      socket.write(bytes),
    );
    let secured = false;
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.once('secureConnect', () => {
      secured = true;
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error) => {
      if (!secured) reject(error);
    });
    socket.once('close', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });
}
