import { describe, expectTypeOf, it } from 'vitest';
import type { KServeModel } from './index.js';

describe('a model on servers', () => {
  it('names servers and the model there', () => {
    expectTypeOf<{ servers: string[]; model: string }>().toExtend<KServeModel>();
    expectTypeOf<{ servers: string[] }>().not.toExtend<KServeModel>();
  });
});
