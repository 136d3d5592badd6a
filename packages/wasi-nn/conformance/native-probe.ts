import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { AbiModel } from './abi-model.js';
import { place, RawNn } from './drive/raw-nn.js';

/** Tells the native plug-in of a backend from those of others, whose files have the same name: it loads the model of the suite. */
export function nativeProbe(model: AbiModel): ConformanceCase {
  return {
    name: 'the native plug-in is that of this backend',
    source: 'WasmEdge 0.14.1: a backend that is not compiled in answers 1',
    async run(context) {
      const guest = await RawNn.create(context, model);
      const [builders, count] = await guest.storeModel();
      const answer = await guest.exports.load(builders, count, model.encoding, 0, place.result);
      assert.equal(answer, 0, `it answers ${answer} to load of a model of this backend`);
    },
  };
}
