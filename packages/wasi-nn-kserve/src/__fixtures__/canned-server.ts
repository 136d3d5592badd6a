import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http2';
import { Worker } from 'node:worker_threads';
import type { ModelMetadata } from '../protocol/messages.js';
import { frame, message } from './grpc-server.js';
import { inferMessage, metadataMessage, type WireTensor } from './model-server.js';

/** A call that the server got. */
export interface CannedCall {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** A gRPC server in another thread, with one model that always gives the same outputs. */
export async function startCannedServer(metadata: Partial<ModelMetadata>, outputs: readonly WireTensor[]) {
  const worker = new Worker(new URL('./canned-server.mjs', import.meta.url), {
    workerData: {
      ModelMetadata: frame(metadataMessage(metadata)),
      ModelInfer: frame(inferMessage(outputs)),
      other: frame(message((writer) => writer.uint(1, 1))),
    },
  });
  const [{ port }] = (await once(worker, 'message')) as [{ port: number }];
  const calls: CannedCall[] = [];
  worker.on('message', (call: CannedCall) => calls.push(call));
  return {
    address: `grpc://127.0.0.1:${port}`,
    calls,
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  };
}
