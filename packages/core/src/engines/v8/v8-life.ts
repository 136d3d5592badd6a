import { GeneratedCode } from '../factory-cache.js';

/** How long an instance on V8 may be used, and what its exports have made so far. */
export class V8Life {
  disposed = false;
  readonly code = new GeneratedCode();
}
