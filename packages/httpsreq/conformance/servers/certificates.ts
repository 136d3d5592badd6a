import { readFileSync } from 'node:fs';
import type { CertificateName } from './server-setup.js';

/** Private key and certificates of a server, or the certificate of the authority that issued the good ones. */
export function certificatePem(name: CertificateName | 'authority'): string {
  // From the source, and from the built files in `dist`.
  const folder = import.meta.url.endsWith('.ts') ? '../certificates/' : '../conformance/certificates/';
  return readFileSync(new URL(`${folder}${name}.pem`, import.meta.url), 'utf8');
}
