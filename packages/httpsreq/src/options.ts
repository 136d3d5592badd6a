import type { ProviderName } from '@wasmedge-plugins/core';
import type { HookReference, RequestHook, ResponseHook } from './hooks.js';

/** Which requests may be made, and what they may cost. */
export interface HttpsRules {
  /**
   * Hosts that may be asked: `example.org`, `example.org:8443`, `*.example.org` (names below it, not itself), `*.example.org:*` (any
   * port), `10.0.0.5:8443`, `[::1]:8443`. Without a port, 443. Case, IDNA form and a trailing dot make no difference. An address named here
   * may be asked by this address even when it is private. Default: none.
   */
  readonly allowHosts?: readonly string[] | undefined;
  /**
   * Addresses and CIDR ranges, such as `127.0.0.1` or `10.1.0.0/16`, that the names in `allowHosts` may have although they are not public. Default: none.
   */
  readonly allowAddresses?: readonly string[] | undefined;
  /** Whether the names in `allowHosts` may have any address, private and loopback ones too. Default: `false`. */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** Certificates of authorities that are trusted as well, in PEM. Default: none. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** Whether the authorities that Node.js trusts are trusted. Default: `true`. */
  readonly trustSystemCertificates?: boolean | undefined;
  /**
   * SHA-256 digests of which one must be that of the server's certificate or of its public key (SPKI), besides all other checks: `sha256/` and base64, or
   * 64 hexadecimal digits, colons allowed. Default: none, any trusted certificate will do.
   */
  readonly pins?: readonly string[] | undefined;
  /**
   * Turns the check of certificates off: anybody on the way can read and change what is sent. `pins` are still checked. Default: `false`.
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
   * Where requests go through: `environment` (the variables `HTTPS_PROXY` and `NO_PROXY`, lower case too), `none`, or the URL of a
   * proxy (`http:` or `https:`, with credentials if it needs them). A proxy looks names up itself, so the addresses of names cannot be checked.
   * Default: `environment`.
   */
  readonly proxy?: 'environment' | 'none' | URL | (string & {}) | undefined;
  /**
   * Called before each request; refuses it by returning `false` or by throwing. A function runs in this thread; one named by module and
   * export runs on the helper thread, may be asynchronous, and can cross into other threads and processes. A guest that opens a socket first has
   * looked the name up by then. Default: none.
   */
  readonly onRequest?: RequestHook | HookReference | undefined;
  /** Called after each request that was begun, refused ones included. Default: none. */
  readonly onResponse?: ResponseHook | HookReference | undefined;
}

/** Options of {@link httpsReqPlugin}. */
export interface HttpsReqPluginOptions extends HttpsRules {
  /**
   * `embedded`: functions of this package, on every engine and platform. `native`: the plug-in that WasmEdge released up to 0.12.1, which no
   * supported libwasmedge loads. Its requests follow no option; the WASI sockets of its guests follow those for hosts, addresses and proxies.
   * Default: `embedded`.
   */
  readonly provider?: ProviderName | undefined;
  /** File of a native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}
