import { checkOptionNames, InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import type { ParameterValue } from '../protocol/messages.js';
import { checkSharedMemory } from '../shared-memory/check-shared-memory.js';
import type { KServeModel } from '../source.js';
import { parseServerAddress } from '../transports/server-address.js';
import { checkTlsOptions } from '../transports/tls-options.js';
import type { TlsOptions } from '../transports/transport-options.js';
import { bounds } from './bounds.js';
import { checkStatedTensors } from './check-stated-tensors.js';

const names: Readonly<Record<keyof KServeModel, true>> = {
  servers: true,
  model: true,
  version: true,
  inputs: true,
  outputs: true,
  parameters: true,
  guestParameters: true,
  tls: true,
  credentials: true,
  timeoutMs: true,
  readyTimeoutMs: true,
  connectTimeoutMs: true,
  idempotent: true,
  retries: true,
  maxInFlight: true,
  maxQueued: true,
  maxMessageBytes: true,
  sharedMemory: true,
};

/**
 * Checks what the host says of a model.
 *
 * @param where what it is, for messages: `kserve(): models.road`.
 * @throws {InvalidArgumentError} naming what is not what it must be. Values that may be secret are not shown.
 */
export function checkModel(where: string, model: unknown): asserts model is KServeModel {
  checkOptionNames<KServeModel>(where, model, names);
  const refuse = (name: string, wanted: string): never => {
    throw new InvalidArgumentError(`${where}.${name} must be ${wanted}.`);
  };
  if (!isText(model.model)) refuse('model', "the model's name on the servers");
  if (model.version !== undefined && !isText(model.version)) refuse('version', 'a string such as "3"');
  checkStatedTensors(`${where}.inputs`, model.inputs);
  checkStatedTensors(`${where}.outputs`, model.outputs);
  if (model.parameters !== undefined && !isParameters(model.parameters)) {
    refuse(
      'parameters',
      'an object of strings, finite numbers, whole numbers as bigint, and booleans by name',
    );
  }
  if (model.guestParameters !== undefined && !isTexts(model.guestParameters)) {
    refuse('guestParameters', 'an array of names of parameters');
  }
  if (model.credentials !== undefined && typeof model.credentials !== 'function') {
    refuse('credentials', 'a function that returns headers by name');
  }
  for (const name of ['idempotent', 'sharedMemory'] as const) {
    if (model[name] !== undefined && typeof model[name] !== 'boolean') refuse(name, 'true or false');
  }
  for (const [name, [min, max]] of Object.entries(bounds)) {
    const value = model[name as keyof typeof bounds];
    if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) continue;
    refuse(name, `a whole number from ${min} to ${max}`);
  }
  checkTls(`${where}.tls`, model.tls);
  checkServers(where, model);
}

function checkServers(where: string, { servers, tls, sharedMemory }: KServeModel): void {
  const isList =
    Array.isArray(servers) &&
    servers.length > 0 &&
    servers.every((server) => isText(server) || (isTexts(server) && server.length > 0));
  if (!isList) {
    throw new InvalidArgumentError(
      `${where}.servers must be an array of at least one address, such as 'grpc://host:8001', or of lists of the addresses of one server.`,
    );
  }
  for (const text of servers.flat()) {
    try {
      checkTlsOptions(parseServerAddress(text), tls);
      if (sharedMemory === true) checkSharedMemory(text);
    } catch (error) {
      if (!InvalidArgumentError.isInstance(error)) throw error;
      throw new InvalidArgumentError(`${where}.servers: ${error.message}`, { cause: error });
    }
  }
}

function checkTls(where: string, tls: TlsOptions | undefined): void {
  if (tls === undefined) return;
  checkOptionNames<TlsOptions>(where, tls, { ca: true, cert: true, key: true, serverName: true });
  for (const [name, value] of Object.entries(tls)) {
    if (value === undefined || isText(value)) continue;
    const wanted = name === 'serverName' ? 'the name of a host' : 'a string in PEM';
    throw new InvalidArgumentError(`${where}.${name} must be ${wanted}.`);
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isParameters(value: unknown): value is Readonly<Record<string, ParameterValue>> {
  return (
    isTable(value) &&
    Object.values(value).every(
      (each) =>
        Number.isFinite(each) ||
        ['string', 'boolean'].includes(typeof each) ||
        (typeof each === 'bigint' && BigInt.asIntN(64, each) === each),
    )
  );
}
