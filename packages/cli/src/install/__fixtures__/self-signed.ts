import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { error } = spawnSync('openssl', ['version']);

/** Why no certificate can be made here, as the end of a test's name. */
export const opensslProblem = error && ` (there is no openssl: ${error.message})`;

/** A certificate for 127.0.0.1 and its key, and the file of the certificate. */
export function selfSigned(folder: string): { key: Buffer; cert: Buffer; path: string } {
  const [keyPath, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = spawnSync(
    'openssl',
    [
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyPath, '-out', path],
    ].flat(),
    { encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(`openssl made no certificate: ${made.stderr}`);
  }
  return { key: readFileSync(keyPath), cert: readFileSync(path), path };
}
