import { Buffer } from 'node:buffer';
import { X509Certificate } from 'node:crypto';
import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';
import type { EncodedHook } from './embedded/exchange-request.js';
import type { HookReference, RequestHook, ResponseHook } from './hooks.js';
import type { HttpsRules } from './options.js';
import { isAddressRange } from './rules/address-rules.js';
import { HostList } from './rules/host-list.js';
import { parsePin } from './rules/parse-pin.js';

/** Rules with their defaults filled in, in the form that they are used in. */
export interface CheckedRules {
  readonly hosts: HostList;
  readonly allowAddresses: readonly string[];
  readonly allowPrivateAddresses: boolean;
  /** PEM. */
  readonly ca: readonly string[];
  readonly trustSystemCertificates: boolean;
  /** SHA-256 digests in hexadecimal. */
  readonly pins: readonly string[];
  readonly dangerouslyAcceptAnyCertificate: boolean;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly maxRequestBytes: number;
  readonly proxy: string;
  readonly onRequest: RequestHook | EncodedHook | undefined;
  readonly onResponse: ResponseHook | EncodedHook | undefined;
}

/** Every name in {@link HttpsRules}. */
export const ruleNames = {
  allowHosts: true,
  allowAddresses: true,
  allowPrivateAddresses: true,
  ca: true,
  trustSystemCertificates: true,
  pins: true,
  dangerouslyAcceptAnyCertificate: true,
  connectTimeoutMs: true,
  timeoutMs: true,
  maxResponseBytes: true,
  maxRequestBytes: true,
  proxy: true,
  onRequest: true,
  onResponse: true,
} as const satisfies Record<keyof HttpsRules, true>;

const defaultMaxBytes = 256 * 1024 * 1024;

/**
 * Checks rules as they come from JavaScript, where types do not.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type or an impossible value.
 */
export function checkRules(rules: HttpsRules, caller: string): CheckedRules {
  const check: Check = (holds, name, wanted) => {
    if (!holds) {
      throw new InvalidArgumentError(`${caller}(): ${name} must be ${wanted}.`);
    }
  };
  const { allowHosts = [], allowAddresses = [], pins = [], proxy = 'environment' } = rules;
  check(isTextList(allowHosts), 'allowHosts', "an array of hosts, such as ['example.org']");
  check(
    isTextList(allowAddresses) && allowAddresses.every(isAddressRange),
    'allowAddresses',
    "an array of addresses and ranges, such as ['10.1.0.0/16']",
  );
  check(isTextList(pins), 'pins', "an array of SHA-256 digests, such as ['sha256/…']");
  check(isProxy(proxy), 'proxy', "'environment', 'none' or the URL of a proxy, with http: or https:");
  return {
    hosts: new HostList(allowHosts),
    allowAddresses: [...allowAddresses],
    allowPrivateAddresses: flag(rules, 'allowPrivateAddresses', false, check),
    ca: checkCa(rules.ca, check),
    trustSystemCertificates: flag(rules, 'trustSystemCertificates', true, check),
    pins: pins.map(parsePin),
    dangerouslyAcceptAnyCertificate: flag(rules, 'dangerouslyAcceptAnyCertificate', false, check),
    // The longest delay that timers know.
    connectTimeoutMs: count(rules, 'connectTimeoutMs', 30_000, 1, 0x7fff_ffff, 'milliseconds', check),
    timeoutMs: count(rules, 'timeoutMs', 300_000, 1, 0x7fff_ffff, 'milliseconds', check),
    // One buffer of Node.js 20 cannot hold more than 4 GiB; a bound past it would be none.
    maxResponseBytes: count(rules, 'maxResponseBytes', defaultMaxBytes, 0, 0xffff_ffff, 'bytes', check),
    maxRequestBytes: count(rules, 'maxRequestBytes', defaultMaxBytes, 0, 0xffff_ffff, 'bytes', check),
    proxy: String(proxy),
    onRequest: checkHook(rules.onRequest, 'onRequest', check),
    onResponse: checkHook(rules.onResponse, 'onResponse', check),
  };
}

type Check = (holds: boolean, name: string, wanted: string) => void;
type KeysOf<Value> = {
  [Key in keyof HttpsRules]-?: NonNullable<HttpsRules[Key]> extends Value ? Key : never;
}[keyof HttpsRules];

function flag(rules: HttpsRules, name: KeysOf<boolean>, byDefault: boolean, check: Check): boolean {
  const value = rules[name] ?? byDefault;
  check(typeof value === 'boolean', name, 'true or false');
  return value;
}

function count(
  rules: HttpsRules,
  name: KeysOf<number>,
  byDefault: number,
  least: number,
  most: number,
  unit: string,
  check: Check,
): number {
  const value = rules[name] ?? byDefault;
  check(
    Number.isInteger(value) && value >= least && value <= most,
    name,
    `a whole number of ${unit} from ${least} to ${most}`,
  );
  return value;
}

function checkCa(ca: HttpsRules['ca'], check: Check): string[] {
  const list = ca === undefined ? [] : Array.isArray(ca) ? ca : [ca];
  const texts = list.map((entry) => (entry instanceof Uint8Array ? Buffer.from(entry).toString() : entry));
  check(
    texts.every((text) => typeof text === 'string' && hasGoodCertificates(text)),
    'ca',
    'certificates in PEM',
  );
  return texts;
}

function hasGoodCertificates(text: string): boolean {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}

function checkHook<Hook>(
  hook: Hook | HookReference | undefined,
  name: string,
  check: Check,
): Hook | EncodedHook | undefined {
  if (hook === undefined || typeof hook === 'function') {
    return hook as Hook | undefined;
  }
  if (typeof hook === 'object' && hook !== null) {
    checkOptionNames<HookReference>(`the hook ${name}`, hook, { module: true, export: true });
  }
  const { module, export: exportName } = (hook ?? {}) as HookReference;
  check(
    module !== undefined && URL.canParse(String(module)) && typeof exportName === 'string',
    name,
    'a function, or { module, export } with the URL of a module and the name of a function that it exports',
  );
  return { moduleUrl: String(module), exportName };
}

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
