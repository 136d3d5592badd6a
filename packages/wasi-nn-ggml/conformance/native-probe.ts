import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { GGMLGuest } from './ggml-guest.js';

/** Tells the native plug-in of this backend from those of others, whose files have the same name: it loads a named model. */
export const nativeProbe: ConformanceCase = {
  name: 'the native plug-in is that of this backend',
  source: 'WasmEdge 0.14.1: a model of a backend that is not compiled in has no name',
  async run(context) {
    const guest = await GGMLGuest.create(context);
    const { errno } = await guest.loadByName('default');
    assert.equal(errno, 0, `it answers ${errno} to load_by_name_with_config of a model of this backend`);
  },
};
