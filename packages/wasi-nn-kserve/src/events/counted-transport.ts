import type { InferRequest } from '../protocol/messages.js';
import type { Transport } from '../transports/transport.js';

/** Bytes of tensors that went over a connection. */
export interface TensorBytes {
  sent: number;
  received: number;
}

/** A transport that counts. */
export function countedTransport(transport: Transport, bytes: TensorBytes): Transport {
  return {
    address: transport.address,
    isLive: (options) => transport.isLive(options),
    isReady: (options) => transport.isReady(options),
    isModelReady: (model, options) => transport.isModelReady(model, options),
    serverMetadata: (options) => transport.serverMetadata(options),
    modelMetadata: (model, options) => transport.modelMetadata(model, options),
    repositoryIndex: (options) => transport.repositoryIndex(options),
    registerRegion: (region, options) => transport.registerRegion(region, options),
    unregisterRegion: (name, options) => transport.unregisterRegion(name, options),
    close: () => transport.close(),
    async infer(request, options) {
      bytes.sent += sentBytes(request);
      const response = await transport.infer(request, options);
      for (const { data } of response.outputs) bytes.received += data?.byteLength ?? 0;
      return response;
    },
  };
}

function sentBytes({ inputs }: InferRequest): number {
  return inputs.reduce((sum, { data }) => sum + (data instanceof Uint8Array ? data.byteLength : 0), 0);
}
