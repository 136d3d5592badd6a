import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest } from '../ggml-guest.js';
import { continued, modelBytes, modelUrl } from '../models.js';

/** The model with a part of its bytes replaced. */
function changed(from: string | Uint8Array, to: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(modelBytes());
  const at = bytes.indexOf(from);
  assert.ok(at > 0, 'the model has no such part');
  bytes.set(Buffer.from(to as string), at);
  return bytes;
}

const u32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

/** The number of layers, of which the file has tensors for three. */
function withLayers(count: number): Uint8Array {
  const name = Buffer.from('llama.block_count');
  const type = u32(4);
  return changed(Buffer.concat([name, type, u32(3)]), Buffer.concat([name, type, u32(count)]));
}

/** A tensor said to lie somewhere behind the end of the file, or where its place wraps around. */
function withTensorAt(offset: bigint): Uint8Array {
  const name = Buffer.from('output_norm.weight');
  const bytes = Buffer.from(modelBytes());
  const at = bytes.indexOf(name) + name.length;
  assert.ok(at > name.length && bytes.readUInt32LE(at) === 1, 'the model has no such tensor');
  // Its number of dimensions, one length, and its type stand before.
  bytes.writeBigUInt64LE(offset, at + 16);
  return bytes;
}

/** The table of vectors said to have fewer rows than there are tokens. */
function withFewerRows(): Uint8Array {
  const name = Buffer.from('token_embd.weight');
  const u64 = (value: number) => Buffer.concat([u32(value), u32(0)]);
  const shape = (rows: number) => Buffer.concat([name, u32(2), u64(64), u64(rows)]);
  return changed(shape(262), shape(200));
}

/** Which models of their own guests load. */
export const loadingCases: readonly ConformanceCase[] = [
  {
    name: 'guests load no models of their own, and open no files, unless they may',
    source: 'denied by default',
    detects: ['files opened for guests'],
    async run(context) {
      const denied = await GGMLGuest.create(context);
      assert.equal(await denied.load(new Uint8Array(8)), 6);
      const guest = await GGMLGuest.create(context, { guestModels: 'allow' });
      const path = new TextEncoder().encode(`preload:${modelUrl.pathname}`);
      // The guard before the native plug-in calls it invalid.
      assert.equal(await guest.load(path), context.provider === 'native' ? 1 : 6);
    },
  },
  {
    name: 'models that are cut, of another kind or at odds with themselves are 1 or 5, and the next one loads',
    source: 'changes of the file; WasmEdge answers 1, or ends',
    async run(context) {
      const guest = await GGMLGuest.create(context, { guestModels: 'allow' });
      const whole = modelBytes();
      const broken = {
        nothing: new Uint8Array(),
        text: new TextEncoder().encode('not a model at all'),
        'its first bytes': whole.slice(0, 100),
        'without its tensors': whole.slice(0, 20_000),
        'without its last tensor': whole.slice(0, whole.length - 4096),
        'another architecture': changed('llama', 'lllll'),
        'more layers than tensors': withLayers(9),
        'more layers than memory': withLayers(0x7fff_ffff),
        'fewer vectors than tokens': withFewerRows(),
        'a tensor behind its end': withTensorAt(1n << 40n),
        'a tensor at its end': withTensorAt(BigInt(whole.length) - 32n),
        'a tensor whose place wraps around': withTensorAt((1n << 64n) - 32n),
      };
      await mapInOrder(Object.entries(broken), async ([what, bytes]) => {
        const errno = await guest.load(bytes);
        assert.ok(errno === 1 || errno === 5, `${what}: ${errno}`);
      });
      const execution = await guest.open();
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
    },
  },
];
