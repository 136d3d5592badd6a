import { type Backend, backendContractVersion } from './backend.js';
import { BackendContractError } from './errors.js';

/** @throws {BackendContractError} for a backend that was written for another version of the contract than this package has. */
export function checkContract({ contractVersion, packageName, name }: Backend): void {
  const version: unknown = contractVersion;
  if (version === backendContractVersion) return;
  const isNewer = typeof version === 'number' && version > backendContractVersion;
  const update = isNewer ? '@wasmedge-plugins/wasi-nn' : (packageName ?? `the package of ${name}`);
  throw new BackendContractError(
    `The backend ${name} has version ${String(version)} of the contract, but @wasmedge-plugins/wasi-nn has ${backendContractVersion}; update ${update}.`,
  );
}
