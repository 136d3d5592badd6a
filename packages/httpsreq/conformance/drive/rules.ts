import type { HttpsRules } from '../../src/options.js';
import { certificatePem } from '../servers/certificates.js';

/** Rules under which the suite's servers may be asked by the name `localhost`; nothing else is allowed. */
export function rulesFor({ port }: { readonly port: number }, more: HttpsRules = {}): HttpsRules {
  return {
    allowHosts: [`localhost:${port}`],
    allowAddresses: ['127.0.0.1', '::1'],
    ca: certificatePem('authority'),
    proxy: 'none',
    ...more,
  };
}
