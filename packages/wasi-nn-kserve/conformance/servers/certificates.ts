import { readFileSync } from 'node:fs';

/** Certificates for 127.0.0.1 and localhost with their keys, good and bad ones, as the suite of httpsreq has them. */
export type CertificateName =
  | 'good'
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'unknown-authority'
  | 'wrong-name'
  | 'wrong-purpose';

/** The file of a certificate with its key, or of the certificate of the authority that issued the good one. Keys are public: nobody may trust them. */
export function certificateFile(name: CertificateName | 'authority'): URL {
  return new URL(`../../../httpsreq/conformance/certificates/${name}.pem`, import.meta.url);
}

/** What is in such a file. */
export function certificatePem(name: CertificateName | 'authority'): string {
  return readFileSync(certificateFile(name), 'utf8');
}
