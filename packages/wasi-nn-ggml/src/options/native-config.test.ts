import { availableParallelism } from 'node:os';
import type { NativeConfigUse } from '@wasmedge-plugins/wasi-nn';
import { describe, expect, it } from 'vitest';
import { readNativeConfig } from './native-config.js';

const bounds = { maxContextSize: 4096, maxThreads: undefined };
const atLoad: NativeConfigUse = { isInput: false, release: '0.15' };
const asInput: NativeConfigUse = { isInput: true, release: '0.15' };

const passed = (given: object | string, use = atLoad): unknown =>
  JSON.parse(readNativeConfig(typeof given === 'string' ? given : JSON.stringify(given), use, bounds).text);

describe('options for the native plug-in', () => {
  // What upstream does with each is in the README, under the native plug-in.
  it.each<[object | string, string]>([
    [{ image: '/etc/hostname' }, 'invalid_argument'],
    [{ mmproj: '/etc/hostname' }, 'unsupported_operation'],
    [{ tts: true, 'tts-output-file': '/tmp/out.wav' }, 'unsupported_operation'],
    [{ 'model-vocoder': '/etc/hostname' }, 'unsupported_operation'],
    ['{"mmproj": "", "mmproj": "/etc/hostname"}', 'unsupported_operation'],
    [{ grammar: 'root ::= (' }, 'unsupported_operation'],
    [{ 'json-schema': '{' }, 'invalid_argument'],
    [{ 'json-schema': '{"type": "circle"}' }, 'invalid_argument'],
    [{ 'ctx-size': 3 }, 'invalid_argument'],
    [{ 'ctx-size': 4097 }, 'too_large'],
    [{ temp: '0' }, 'invalid_argument'],
    [{ 'flash-attn': 5 }, 'invalid_argument'],
    [{ 'cache-type-k': 99 }, 'invalid_argument'],
    [{ port: '80' }, 'invalid_argument'],
    ['{"n-predict": 1.0}', 'invalid_argument'],
    ['{', 'invalid_encoding'],
  ])('%j is refused with %s', (given, code) => {
    for (const use of [atLoad, asInput]) {
      expect(() => passed(given, use)).toThrow(expect.objectContaining({ errnoName: code }));
    }
  });

  it.each<[object | string, object]>([
    ['[]', {}],
    [{ llama3: true, 'hf-repo': 'some/model', 'lookup-cache-dynamic': '/tmp/x' }, {}],
    // The first of a name counts there, and the last here.
    ['{"mmproj": "/etc/hostname", "mmproj": ""}', {}],
    [{ 'stream-stdout': true, 'enable-log': true, 'flash-attn': 'on' }, {}],
    // A boolean in 0.15 and 0.16.
    [{ 'flash-attn': true }, {}],
    [{ 'pooling-type': 1, 'cache-type-k': 8, 'tensor-split': 'x', 'split-mode': 'row' }, {}],
    // Either value makes it rank.
    [{ reranking: true, embedding: true }, { embedding: true }],
    [{ numa: 4, 'attention-type': 1, 'rope-freq-scale': 0.5, 'yarn-orig-ctx': 9 }, {}],
    [
      // The last is not DRY's there.
      { 'dry-multipier': 1e9, 'dry-base': -1, 'dry-allowed-length': -1, 'dry-last-n-penalty': 5 },
      { 'dry-multipier': 1000, 'dry-base': 0, 'dry-allowed-length': 1 },
    ],
    [{ 'tts-output-file': '/tmp/out.wav', 'tts-speaker-file': '/etc/hostname' }, {}],
    [
      { 'n-predict': -1, 'ctx-size': 4096, temp: 0.5 },
      { 'n-predict': -1, 'ctx-size': 4096, temp: 0.5 },
    ],
    [
      { 'ctx-size': 0, seed: 7 },
      { 'ctx-size': 0, seed: 7 },
    ],
    [{ threads: 100_000 }, { threads: availableParallelism() }],
    [
      { threads: -1, 'batch-size': 1e9 },
      { threads: 1, 'batch-size': 4096 },
    ],
    [
      { temp: -1, 'repeat-penalty': 0 },
      { temp: 0, 'repeat-penalty': 0.01 },
    ],
    [{ 'json-schema': '{"type": 5, "type": "null"}' }, { 'json-schema': '{"type":"null"}' }],
    [{ 'json-schema': '' }, { grammar: '' }],
    [{ grammar: '' }, { grammar: '' }],
  ])('of %j, the plug-in gets %j', (given, text) => {
    expect(passed(given)).toEqual(text);
  });

  it('a context changes nothing of the model that others have too', () => {
    const given = { 'n-gpu-layers': 3, 'use-mmap': false, 'n-predict': 5 };
    expect(passed(given, atLoad)).toEqual(given);
    expect(passed(given, asInput)).toEqual({ 'n-predict': 5 });
  });

  it('until 0.14, a model that another guest had is told every option', () => {
    const older = { isInput: false, release: '0.14' } as const;
    expect(passed({ temp: 0 }, older)).toMatchObject({
      temp: 0,
      'n-predict': 512,
      'ctx-size': 512,
      'reverse-prompt': '',
      embedding: false,
    });
    expect(passed({ temp: 0 }, { ...older, isInput: true })).toEqual({ temp: 0 });
    // Unsigned there.
    expect(() => passed({ 'n-predict': -1 }, older)).toThrow(/n-predict/);
  });

  it('says whether the model gives vectors from then on', () => {
    const { givesVectors } = readNativeConfig('{"embedding": true}', asInput, bounds);
    expect(givesVectors).toBe(true);
    expect(readNativeConfig('{}', asInput, bounds).givesVectors).toBeUndefined();
  });
});
