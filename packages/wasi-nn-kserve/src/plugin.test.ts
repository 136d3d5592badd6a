import { InvalidArgumentError, packPlugins } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { commandLine } from './cli.js';
import { kserve } from './plugin.js';
import type { KServeModel } from './source.js';

const loose = kserve as (options: unknown) => unknown;
const servers = ['grpc://localhost:8001'];
const road = { servers, model: 'road' };

describe('kserve()', () => {
  it.each<[string, unknown, RegExp]>([
    ['options', null, /must be an object/],
    ['a name', { modles: {} }, /kserve\(\) has no option modles\. Did you mean models/],
    ['models of files', { preload: [] }, /no option preload/],
    ['guests’ models', { guestModels: 'allow' }, /no option guestModels/],
    ['models', { models: [] }, /models must be an object of models by name/],
    ['a native plug-in', { models: {}, provider: 'both' }, /provider/],
    ['maxGraphs', { maxGraphs: 0 }, /maxGraphs must be a whole number from 1/],
  ])('refuses %s that it does not have', (_, options, message) => {
    expect(() => loose(options)).toThrow(InvalidArgumentError);
    expect(() => loose(options)).toThrow(message);
  });

  it.each<[unknown, RegExp]>([
    [1, /models\.road must be an object/],
    [{}, /models\.road\.model must be the model's name/],
    [{ model: 'road' }, /models\.road\.servers must be an array of at least one address/],
    [{ ...road, servers: [] }, /servers must be an array/],
    [{ ...road, servers: [[]] }, /servers must be an array/],
    [{ ...road, servers: 'grpc://a:1' }, /servers must be an array/],
    [{ ...road, servers: ['ftp://a'] }, /models\.road\.servers: .*does not begin with grpc:/],
    [{ ...road, servers: [['grpc://a:1', 'nonsense']] }, /models\.road\.servers: .*nonsense/],
    [{ ...road, servers: ['https://me:hunter2@a'] }, /models\.road\.servers: .*has a user or password/],
    [{ ...road, serevrs: 1 }, /no option serevrs\. Did you mean servers/],
    [{ ...road, version: 3 }, /version must be a string/],
    [{ ...road, inputs: [] }, /inputs must be an array of/],
    [{ ...road, inputs: [{ name: '' }] }, /inputs\[0\]\.name must be/],
    [{ ...road, inputs: [{ name: 'a' }, { name: 'a' }] }, /inputs\[1\]\.name must be .* no other/],
    [{ ...road, outputs: [{ name: 'a', dataType: 'f32' }] }, /outputs\[0\]\.dataType must be one of BOOL, /],
    [{ ...road, outputs: [{ name: 'a', shape: [-2] }] }, /outputs\[0\]\.shape must be/],
    [{ ...road, outputs: [{ name: 'a', type: 'f32' }] }, /no option type/],
    [{ ...road, parameters: { a: [] } }, /parameters must be an object/],
    [{ ...road, parameters: { a: Number.NaN } }, /parameters must be an object/],
    [{ ...road, guestParameters: 'a' }, /guestParameters must be an array/],
    [{ ...road, tls: { ca: 1 } }, /tls\.ca must be a string in PEM/],
    [{ ...road, tls: { insecure: true } }, /no option insecure/],
    [{ ...road, credentials: { authorization: 'hunter2' } }, /credentials must be a function/],
    [{ ...road, idempotent: 1 }, /idempotent must be true or false/],
    [{ ...road, sharedMemory: 1 }, /sharedMemory must be true or false/],
    [{ ...road, servers: ['grpc://a:1'], sharedMemory: true }, /models\.road\.servers: Memory can be shared/],
    [{ ...road, timeoutMs: 0 }, /timeoutMs must be a whole number from 1 to 3600000/],
    [{ ...road, readyTimeoutMs: -1 }, /readyTimeoutMs must be a whole number from 0/],
    [{ ...road, connectTimeoutMs: 600_001 }, /connectTimeoutMs must be/],
    [{ ...road, retries: 11 }, /retries must be a whole number from 0 to 10/],
    [{ ...road, maxInFlight: 0.5 }, /maxInFlight must be/],
    [{ ...road, maxQueued: '1' }, /maxQueued must be/],
    [{ ...road, maxMessageBytes: 2 ** 31 }, /maxMessageBytes must be a whole number from 1024 to 2147483647/],
  ])('refuses the model %j', (model, message) => {
    const make = () => loose({ models: { road: model } });
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(/hunter2/);
  });

  it('refuses a whole number of more than 64 bits as a parameter, and takes others', () => {
    const parameters = (a: bigint) => kserve({ models: { road: { ...road, parameters: { a } } } });
    expect(() => parameters(2n ** 63n)).toThrow(/parameters must be an object/);
    expect(parameters(-(2n ** 63n)).name).toBe('wasi_nn');
  });

  it('is the plug-in wasi_nn, and keeps its options from later changes', async () => {
    const model: { -readonly [Name in keyof KServeModel]: KServeModel[Name] } = { ...road };
    const plugin = kserve({ models: { road: model }, maxContexts: 4 });
    expect(plugin).toMatchObject({ name: 'wasi_nn', provider: 'embedded' });
    model.servers = [];
    const [packed] = packPlugins({ plugins: [plugin] }).plugins;
    expect(packed).toMatchObject({ name: 'wasi_nn', export: 'kserve' });
    expect(JSON.stringify(packed)).toContain('grpc://localhost:8001');
  });
});

describe('the command line', () => {
  const make = (...texts: string[]) => commandLine.create({ 'nn-remote': texts }, { provider: 'embedded' });
  const packed = async (...texts: string[]) =>
    JSON.stringify(packPlugins({ plugins: [await make(...texts)] }).plugins);

  it('names models on servers', async () => {
    expect(commandLine.options.map(({ flags }) => flags)).toEqual(['--nn-remote <model>']);
    const text = await packed('road=https://host:8443/v/road%20net@3', 'road=https://other/road%20net@3');
    for (const part of ['https://host:8443/v', 'https://other', 'road net', '"3"'])
      expect(text).toContain(part);
    expect(await packed('a=grpc://[::1]:8001/a')).toContain('grpc://[::1]:8001');
  });

  it.each([
    ['road', /must be name=https:\/\/host:port\/model/],
    ['road=host/road', /must be name=/],
    ['road=grpc://host:8001', /must be name=/],
    ['road=grpc://host/road', /no port/],
    ['=grpc://host:1/road', /must be name=/],
    ['road=https://me:hunter2@host', /must be name=/],
  ])('refuses --nn-remote %s', (text, message) => {
    expect(() => make(text)).toThrow(InvalidArgumentError);
    expect(() => make(text)).toThrow(message);
    expect(() => make(text)).not.toThrow(/hunter2/);
  });

  it('refuses two models of one name', () => {
    expect(() => make('a=grpc://h:1/a', 'a=grpc://h:1/b')).toThrow(/two models a/);
  });
});
