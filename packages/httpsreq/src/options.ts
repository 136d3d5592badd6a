import {
  type ExportReference,
  functionOption,
  type OptionDefinitionsOf,
  type PluginOptionValues,
  type ProviderName,
} from '@wasmedge-plugins/core';
import { readCertificateFile, readCertificates } from './certificate-options.js';
import { isAddressRange } from './embedded/rules/address-rules.js';
import { HostList } from './embedded/rules/host-list.js';
import { parsePin } from './embedded/rules/parse-pin.js';
import type { RequestHook, ResponseHook, WaitingRequestHook } from './hook-options.js';

/** Which requests may be made, and their limits. */
export interface HttpsRules {
  /**
   * Hosts that may be contacted: `example.org`, `example.org:8443`, `*.example.org` (its subdomains, not itself), `*.example.org:*` (any
   * port), `10.0.0.5:8443`, `[::1]:8443`. Without a port, 443. Case, IDNA form and a trailing dot make no difference. An address listed
   * here may be contacted directly, even if it is private. Default: none.
   */
  readonly allowHosts?: readonly string[] | undefined;
  /**
   * Addresses and CIDR ranges, such as `127.0.0.1` or `10.1.0.0/16`, that the names in `allowHosts` may resolve to although they are not public. Default: none.
   */
  readonly allowAddresses?: readonly string[] | undefined;
  /** Whether the names in `allowHosts` may resolve to any address, including private and loopback ones. Default: `false`. */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** Additional certificate authorities to trust, in PEM form. Default: none. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** Whether to trust the certificate authorities that Node.js trusts. Default: `true`. */
  readonly trustSystemCertificates?: boolean | undefined;
  /**
   * SHA-256 digests, one of which must match the server's certificate or its public key (SPKI), in addition to all other checks: `sha256/` and base64, or
   * 64 hexadecimal digits, colons allowed. Default: none; any trusted certificate will do.
   */
  readonly pins?: readonly string[] | undefined;
  /**
   * Turns off certificate checks: anybody on the network path can read and change what is sent. `pins` are still checked. Default: `false`.
   */
  readonly dangerouslyAcceptAnyCertificate?: boolean | undefined;
  /** Milliseconds for name look-up, connection, proxy and TLS handshake together; 1 to 2147483647. Default: 30000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Milliseconds for the whole request, connecting included; 1 to 2147483647. Default: 300000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum number of bytes of a raw response. Default: 256 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Maximum number of bytes of a raw request. Default: 256 MiB. */
  readonly maxRequestBytes?: number | undefined;
  /**
   * The proxy that requests go through: `environment` (the variables `HTTPS_PROXY` and `NO_PROXY`, lower case too), `none`, or the URL of a
   * proxy (`http:` or `https:`, with credentials if it needs them). A proxy looks up names itself, so their addresses cannot be checked.
   * Default: `environment`.
   */
  readonly proxy?: 'environment' | 'none' | URL | (string & {}) | undefined;
  /**
   * Called before each request; refuses it by returning `false` or by throwing. A function runs in this thread; one given by module and
   * export runs on the helper thread, and may be asynchronous. A guest that opens a socket first has already looked up the name by
   * then. Default: none.
   */
  readonly onRequest?: RequestHook | ExportReference | undefined;
  /** Called after each request that was begun, including refused ones. Default: none. */
  readonly onResponse?: ResponseHook | ExportReference | undefined;
}

/** Options of {@link httpsReqPlugin}. */
export interface HttpsReqPluginOptions extends Omit<HttpsRules, 'onRequest'> {
  /**
   * Called before each request; refuses it by returning `false` or by throwing. A function stays in the thread that makes the runtime: with placement `worker` or `process` it
   * may be asynchronous, and the guest waits for it; with placement `inline`, `createRuntime` throws `UnsupportedByPlacementError` for an asynchronous one. One given by
   * module and export runs on the helper thread, and may be asynchronous everywhere. A guest that opens a socket first has already looked up the name by then. Default: none.
   */
  readonly onRequest?: WaitingRequestHook | ExportReference | undefined;
  /**
   * `embedded`: functions of this package, on every engine and platform. `native`: the plug-in that WasmEdge released up to 0.12.1, which no
   * supported libwasmedge loads. Its requests ignore all options; its guests' WASI sockets follow those for hosts, addresses and proxies.
   * Default: `embedded`.
   */
  readonly provider?: ProviderName | undefined;
  /** File of a native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

const flag = { type: 'boolean', default: false, flags: [] } as const;
// The longest delay that timers know.
const milliseconds = { type: 'integer', min: 1, max: 0x7fff_ffff, unit: 'milliseconds', flags: [] } as const;
// One buffer of Node.js 20 cannot hold more than 4 GiB; a bound past it would not be one.
const byteCount = {
  type: 'integer',
  default: 256 * 1024 * 1024,
  max: 0xffff_ffff,
  unit: 'bytes',
  flags: [],
} as const;

/** The definitions of {@link HttpsRules}, for the plug-in and the client. */
export const httpsOptions = {
  allowHosts: {
    type: 'custom',
    description:
      'host that the guest may contact by HTTPS, such as example.org, example.org:8443 or *.example.org; repeatable',
    read(given: HttpsRules['allowHosts'] = [], { refusal }): HostList {
      if (isTextList(given)) return new HostList(given);
      throw refusal("an array of hosts, such as ['example.org']");
    },
    flags: [{ flags: '--allow-host <host>', repeatable: true }],
  },
  allowAddresses: {
    type: 'strings',
    default: [],
    description:
      'address or CIDR range that is accepted for an allowed host although it is not public; repeatable',
    accepts: isAddressRange,
    wanted: "an array of addresses and ranges, such as ['10.1.0.0/16']",
    flags: [{ flags: '--allow-address <range>' }],
  },
  allowPrivateAddresses: { ...flag, description: 'allowed hosts may have any address' },
  ca: {
    type: 'custom',
    description: 'file with additional trusted certificate authorities, in PEM; repeatable',
    read: (given: HttpsRules['ca'], { refusal }) => readCertificates(given, refusal),
    flags: [
      { flags: '--ca <file>', repeatable: true, read: (files) => [files].flat().map(readCertificateFile) },
    ],
  },
  trustSystemCertificates: { ...flag, default: true, description: 'the authorities of Node.js are trusted' },
  pins: {
    type: 'custom',
    description: 'SHA-256 digests of certificates or public keys',
    read(given: HttpsRules['pins'] = [], { refusal }): readonly string[] {
      if (isTextList(given)) return given.map(parsePin);
      throw refusal("an array of SHA-256 digests, such as ['sha256/…']");
    },
  },
  dangerouslyAcceptAnyCertificate: { ...flag, description: 'certificates are not checked' },
  connectTimeoutMs: { ...milliseconds, default: 30_000, description: 'maximum milliseconds for connecting' },
  timeoutMs: { ...milliseconds, default: 300_000, description: 'maximum milliseconds for the whole request' },
  maxResponseBytes: { ...byteCount, description: 'maximum bytes of a raw response' },
  maxRequestBytes: { ...byteCount, description: 'maximum bytes of a raw request' },
  proxy: {
    type: 'custom',
    description: 'the proxy that requests go through',
    read(given: HttpsRules['proxy'] = 'environment', { refusal }): string {
      if (isProxy(given)) return String(given);
      throw refusal("'environment', 'none' or the URL of a proxy, with http: or https:");
    },
  },
  onRequest: functionOption<WaitingRequestHook>({ description: 'called before each request' }),
  onResponse: functionOption<ResponseHook>({ description: 'called after each request' }),
} as const satisfies OptionDefinitionsOf<HttpsRules>;

/** Rules with their defaults filled in, in the form in which they are used. */
export type CheckedRules = PluginOptionValues<typeof httpsOptions>;

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isProxy(value: unknown): boolean {
  const text = String(value);
  return (
    (typeof value === 'string' || value instanceof URL) &&
    (text === 'environment' ||
      text === 'none' ||
      (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)))
  );
}
