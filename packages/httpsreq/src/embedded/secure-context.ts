import * as tls from 'node:tls';
import { readBoundedFile } from '@wasmedge-plugins/core';
import type { ExchangeRules } from './exchange-request.js';

type TrustRules = Pick<ExchangeRules, 'ca' | 'trustSystemCertificates'>;

/** The authorities of a whole system take less than a tenth of it. */
const maxExtraBytes = 2 ** 23;

const minVersion = 'TLSv1.2';

let last: { readonly key: string; readonly context: tls.SecureContext } | undefined;

/** What is trusted. The last one is kept: reading all authorities takes longer than a request. */
export function secureContext({ ca, trustSystemCertificates }: TrustRules): tls.SecureContext {
  const key = `${trustSystemCertificates}\n${ca.join('\n')}`;
  if (last?.key !== key) {
    last = { key, context: trustSystemCertificates ? systemContext(ca) : ownContext(ca) };
  }
  return last.context;
}

function ownContext(ca: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ minVersion, ca: [...ca] });
}

/**
 * Trusts what Node.js trusts, and more. Without `ca` all contexts share one store of those authorities, and a context that is told of another one gets a copy of
 * the store: to read them all again would take longer than many requests.
 */
function systemContext(ca: readonly string[]): tls.SecureContext {
  const context = tls.createSecureContext({ minVersion });
  if (ca.length === 0) {
    return context;
  }
  const inner = context.context as { addCACert?: (pem: string) => void };
  // Node.js's own way, which its documentation does not name.
  if (typeof inner.addCACert !== 'function') {
    return ownContext([...systemCertificates(), ...ca]);
  }
  for (const pem of ca) inner.addCACert(pem);
  return context;
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
    return [readBoundedFile(file, { maxBytes: maxExtraBytes }).toString()];
  } catch {
    // Node.js itself warns and goes on.
    return [];
  }
}
