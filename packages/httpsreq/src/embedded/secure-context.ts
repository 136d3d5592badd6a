import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { ExchangeRules } from './exchange-request.js';

type TrustRules = Pick<ExchangeRules, 'ca' | 'trustSystemCertificates'>;

let last: { readonly key: string; readonly context: tls.SecureContext } | undefined;

/** What is trusted. The last one is kept: reading all authorities takes longer than a request. */
export function secureContext({ ca, trustSystemCertificates }: TrustRules): tls.SecureContext {
  const key = `${trustSystemCertificates}\n${ca.join('\n')}`;
  if (last?.key !== key) {
    // Without `ca`, Node.js shares one store of its own authorities among all contexts.
    const onlySystem = trustSystemCertificates && ca.length === 0;
    const trusted = trustSystemCertificates ? [...systemCertificates(), ...ca] : [...ca];
    last = {
      key,
      context: tls.createSecureContext({ minVersion: 'TLSv1.2', ...(onlySystem ? {} : { ca: trusted }) }),
    };
  }
  return last.context;
}

/** Node.js 22.15 and later say what they trust; before, it is the list of Mozilla and a file that a variable names. */
function systemCertificates(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  if (getCACertificates !== undefined) {
    return getCACertificates('default');
  }
  const file = process.env.NODE_EXTRA_CA_CERTS;
  return file === undefined || file === ''
    ? tls.rootCertificates
    : [...tls.rootCertificates, ...readExtra(file)];
}

function readExtra(file: string): string[] {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    // Node.js itself warns and goes on.
    return [];
  }
}
