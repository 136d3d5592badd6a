import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { NnGuest } from '../drive/nn-guest.js';
import { modelBytes, modelUrl } from '../models.js';

const measured = 'measured: WasmEdge 0.14.1';
const x = tensor('f32', [2], new Float32Array([1, 2]));

/** Bytes that are not a model, from a hash, so that they are the same every time. */
const noise = Buffer.concat(
  Array.from({ length: 64 }, (_, index) => createHash('sha256').update(`noise ${index}`).digest()),
);

/** What may be loaded, and what may not. */
export const loadingCases: readonly ConformanceCase[] = [
  {
    name: 'a model has exactly one part',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const add = modelBytes('add');
      assert.equal((await guest.load([])).errno, 1);
      assert.equal((await guest.load([add, add])).errno, 1);
      assert.equal((await guest.load([add])).errno, 0);
    },
  },
  {
    name: 'the target tpu is an invalid argument, and gpu is one without CUDA',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      assert.equal((await guest.load([modelBytes('add')], 2)).errno, 1);
      const gpu = (await guest.load([modelBytes('add')], 1)).errno;
      if (gpu === 0) context.ignore('this machine has CUDA');
      assert.equal(gpu, 1);
    },
  },
  {
    name: 'the target auto of a named model is an invalid argument',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context, {
        models: { any: { file: modelUrl('add'), target: 'auto' } },
      });
      assert.equal((await guest.loadByName('any')).errno, 1);
    },
  },
  {
    name: 'bytes that are not a TorchScript archive are an invalid argument',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const matmul = modelBytes('matmul');
      const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
      const wrong = {
        empty: new Uint8Array(),
        noise,
        'noise after the magic number of ZIP': Buffer.concat([Buffer.from('PK\x03\x04'), noise]),
        'an empty ZIP file': zip,
        text: Buffer.from('def forward(self, x): return x\n'),
        ELF: Buffer.concat([Buffer.from('\x7fELF'), noise]),
      };
      for (const [what, bytes] of Object.entries(wrong)) {
        assert.equal((await guest.load([bytes])).errno, 1, what);
      }
      for (let length = 1; length < matmul.length; length += 97) {
        assert.equal(
          (await guest.load([matmul.subarray(0, length)])).errno,
          1,
          `cut off after ${length} bytes`,
        );
      }
      assert.equal((await guest.load([matmul])).errno, 0);
    },
  },
  {
    name: 'a model whose archive was damaged ends nothing',
    source: 'deliberate: no model may end the host',
    upstreamDiffers:
      'a damaged archive ends the process; the guard before the plug-in does not see all damage',
    async run(context) {
      const guest = await NnGuest.create(context);
      const matmul = modelBytes('matmul');
      for (let offset = 0; offset < matmul.length; offset += 41) {
        const damaged = Buffer.from(matmul);
        damaged[offset] = (damaged[offset] as number) ^ 0xff;
        assert.ok([0, 1].includes((await guest.load([damaged])).errno), `byte ${offset}`);
      }
      assert.equal((await guest.load([matmul])).errno, 0);
    },
  },
  {
    name: 'a guest cannot name a file of the host',
    source: 'deliberate: from 0.17 on, WasmEdge opens the path that follows preload:',
    async run(context) {
      const guest = await NnGuest.create(context);
      const path = `preload:${modelUrl('add').pathname}`;
      assert.equal((await guest.load([Buffer.from(path)])).errno, 1);
      assert.equal((await guest.load([Buffer.from('preload:/usr/lib/model.so')])).errno, 1);
    },
  },
  {
    name: 'a model without forward is an invalid argument',
    source: 'deliberate: it can compute nothing',
    upstreamDiffers: 'it is loaded',
    async run(context) {
      const guest = await NnGuest.create(context);
      assert.equal((await guest.load([modelBytes('no-forward')])).errno, 1);
    },
  },
  {
    name: 'a model can neither write nor read files of the host',
    source: 'deliberate: nothing is allowed that was not named',
    upstreamDiffers: 'a model reads and writes files with the rights of the host',
    async run(context) {
      const guest = await NnGuest.create(context);
      try {
        for (const name of ['write-file', 'read-file']) {
          const { errno, graph } = await guest.load([modelBytes(name)]);
          if (errno === 0) {
            const run = await guest.createContext(graph);
            await guest.setInput(run, 0, x);
            await guest.exports.compute(run);
          }
          assert.equal(errno, 1, name);
        }
        assert.ok(!existsSync('written-by-a-model'));
      } finally {
        rmSync('written-by-a-model', { force: true });
      }
    },
  },
  {
    name: 'a configuration that is not understood is an invalid argument',
    source: 'deliberate: upstream refuses every configuration',
    upstreamDiffers: 'a name that was refused is remembered, and answers success from then on',
    async run(context) {
      const guest = await NnGuest.create(context, { models: { add: { file: modelUrl('add') } } });
      for (const config of [
        '{',
        '[]',
        '{"thread":1}',
        '{"threads":0}',
        '{"threads":65}',
        '{"outputTypes":1}',
      ]) {
        assert.equal((await guest.loadByName('add', config)).errno, 1, config);
      }
      assert.equal((await guest.loadByName('add')).errno, 0);
    },
  },
  {
    name: 'a guest chooses the element types of outputs by configuration',
    source: 'deliberate: upstream refuses every configuration',
    upstreamDiffers: 'a configuration is an invalid argument',
    async run(context) {
      const guest = await NnGuest.create(context, { models: { argmax: { file: modelUrl('argmax') } } });
      const { errno, graph } = await guest.loadByName('argmax', '{"outputTypes":"own","threads":1}');
      assert.equal(errno, 0);
      const run = await guest.createContext(graph);
      await guest.run(run, [tensor('f32', [1, 3], new Float32Array([1, 9, 3]))]);
      assert.equal((await guest.output(run, 0)).bytes.toString('hex'), '0100000000000000');
    },
  },
];
