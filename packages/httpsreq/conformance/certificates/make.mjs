// @ts-check
// Makes the certificates of the suite's servers, and of the documentation's examples: node conformance/certificates/make.mjs
// They are committed, so that the suite needs nothing to make them. Their private keys are public: nobody may trust `authority.pem`.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const past = [new Date('2001-01-01'), new Date('2002-01-01')];
const present = [new Date('2024-01-01'), new Date('2124-01-01')];
const future = [new Date('2123-01-01'), new Date('2124-01-01')];
const here = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
];

x509.cryptoProvider.set(/** @type {Crypto} */ (webcrypto));

/** @typedef {{ certificate: x509.X509Certificate, keys: CryptoKeyPair, chain: x509.X509Certificate[] }} Identity */

/**
 * @param {string} name
 * @param {{ issuer?: Identity, authority?: boolean, names?: typeof here, dates?: Date[], purpose?: x509.ExtendedKeyUsage }} [options]
 * @returns {Promise<Identity>}
 */
async function certify(name, options = {}) {
  const { issuer, authority = false, names = [], dates = present, purpose } = options;
  const keys = /** @type {CryptoKeyPair} */ (
    await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  );
  const subject = `CN=${name}, O=Test of WasmEdge plug-ins`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore: dates[0],
    notAfter: dates[1],
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(authority, undefined, true),
      ...(authority ? [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)] : []),
      ...(names.length > 0
        ? [new x509.SubjectAlternativeNameExtension(/** @type {x509.JsonGeneralNames} */ (names))]
        : []),
      ...(purpose === undefined ? [] : [new x509.ExtendedKeyUsageExtension([purpose])]),
    ],
  });
  return { certificate, keys, chain: [certificate, ...(issuer?.chain ?? [])] };
}

/** @param {x509.X509Certificate} certificate */
function pem(certificate) {
  return `${certificate.toString('pem')}\n`;
}

/**
 * @param {string} file
 * @param {Identity} identity
 */
async function writeServer(file, { keys, chain }) {
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = key.match(/.{1,64}/g)?.join('\n');
  const text = [
    'A TEST KEY. It is published and protects nothing.\n',
    `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    // A client knows the authority itself.
    ...chain.filter((entry, index) => index === 0 || entry.issuer !== entry.subject).map(pem),
  ];
  writeFileSync(new URL(`${file}.pem`, import.meta.url), text.join(''));
}

const authority = await certify('Test authority', { authority: true });
const unknown = await certify('Another test authority', { authority: true });
const good = await certify('localhost', { issuer: authority, names: here });
const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;

writeFileSync(new URL('authority.pem', import.meta.url), pem(authority.certificate));
await writeServer('good', good);
await writeServer(
  'renewed',
  await certify('localhost', { issuer: authority, names: here, purpose: serverAuth }),
);
await writeServer('expired', await certify('localhost', { issuer: authority, names: here, dates: past }));
await writeServer(
  'not-yet-valid',
  await certify('localhost', { issuer: authority, names: here, dates: future }),
);
const example = [{ type: 'dns', value: 'example.org' }];
await writeServer('example', await certify('example.org', { issuer: authority, names: example }));
await writeServer(
  'wrong-name',
  await certify('localhost', { issuer: authority, names: [{ type: 'dns', value: 'other.example' }] }),
);
await writeServer(
  'wrong-purpose',
  await certify('localhost', { issuer: authority, names: here, purpose: clientAuth }),
);
await writeServer('self-signed', await certify('localhost', { names: here }));
await writeServer('unknown-authority', await certify('localhost', { issuer: unknown, names: here }));
await writeServer('issued-by-server', await certify('below localhost', { issuer: good, names: here }));
