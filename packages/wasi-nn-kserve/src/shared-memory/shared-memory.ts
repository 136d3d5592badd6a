import type { InferRequest, InferResponse } from '../protocol/messages.js';
import { RemoteFailure } from '../transports/remote-failure.js';
import type { CallOptions, Transport } from '../transports/transport.js';
import { FreeRegions } from './free-regions.js';
import { type PlacedTensors, placeTensors } from './place-tensors.js';
import { readOutputs } from './read-outputs.js';
import type { RegionFile } from './region-file.js';
import { registerRegion } from './register-region.js';

/** Failures after which a server certainly writes nothing into the region any more. */
const doneKinds = new Set([
  'invalid',
  'not-found',
  'unsupported',
  'forbidden',
  'busy',
  'failed',
  'too-large',
]);

/** Regions that a server may still write to, and which it is therefore not told to close at once. */
const maxAbandoned = 16;

/** Milliseconds that a server has for closing a region. */
const unregisterMs = 5_000;

/** Inferences whose tensors go through memory that is shared with the server. There are as many regions as inferences at a time, kept for the next. */
export class SharedMemory {
  /** By address, since one server may be reached through several objects. */
  readonly #free = new Map<string, FreeRegions>();
  /** All that servers know, with those that were abandoned. */
  readonly #known = new Map<RegionFile, Transport>();
  readonly #abandoned: RegionFile[] = [];

  /** @param maxBytes most bytes of the tensors of one inference */
  constructor(readonly maxBytes: number) {}

  /**
   * {@link Transport.infer}, with the tensors in shared memory. `checkSharedMemory` has seen to it that the server is on this machine.
   *
   * @param sizes bytes of requested outputs, by name, as far as they are known; the others come in the answer
   * @throws {RemoteFailure} also when the server cannot open the memory
   */
  async infer(
    transport: Transport,
    request: InferRequest,
    options: CallOptions,
    sizes: ReadonlyMap<string, number>,
  ): Promise<InferResponse> {
    const placed = placeTensors(request, sizes);
    if (placed.byteLength === 0) return transport.infer(request, options);
    if (placed.byteLength > this.maxBytes) throw tooLarge(transport, placed.byteLength, this.maxBytes);
    const free = this.#freeOf(transport);
    const region = free.take(placed.byteLength);
    if (region !== undefined) {
      try {
        return await this.#inferIn(region, transport, request, placed, options);
      } catch (error) {
        if (!isForgotten(error, region)) throw error;
      }
    }
    await this.#unregister(free.takeAny(), options);
    const fresh = await registerRegion(transport, placed.byteLength, options);
    this.#known.set(fresh, transport);
    return this.#inferIn(fresh, transport, request, placed, options);
  }

  /** Lets all regions go, as far as the servers can be told; no inference may be running. */
  async close(options: CallOptions): Promise<void> {
    await Promise.all([...this.#known.keys()].map((region) => this.#unregister(region, options)));
    this.#free.clear();
  }

  async #inferIn(
    region: RegionFile,
    transport: Transport,
    request: InferRequest,
    placed: PlacedTensors,
    options: CallOptions,
  ): Promise<InferResponse> {
    const inRegion = placed.request(region.name);
    try {
      for (const [index, { data }] of request.inputs.entries()) {
        const range = inRegion.inputs[index]?.data;
        if (data instanceof Uint8Array && range !== undefined && 'region' in range) region.write(range, data);
      }
      const answer = await transport.infer(inRegion, options);
      const read = readOutputs(transport.address, answer, region, placed.outputs(region.name));
      this.#freeOf(transport).add(region);
      return read;
    } catch (error) {
      if (isForgotten(error, region)) this.#forget(region);
      else if (error instanceof RemoteFailure && doneKinds.has(error.kind))
        this.#freeOf(transport).add(region);
      else this.#abandon(region, options);
      throw error;
    }
  }

  #abandon(region: RegionFile, options: CallOptions): void {
    this.#abandoned.push(region);
    if (this.#abandoned.length > maxAbandoned) void this.#unregister(this.#abandoned.shift(), options);
  }

  async #unregister(region: RegionFile | undefined, options: CallOptions): Promise<void> {
    const transport = region === undefined ? undefined : this.#known.get(region);
    if (region === undefined || transport === undefined) return;
    this.#forget(region);
    // Also where the inference was aborted. A server that cannot be told, or that knows nothing of it, is no reason to fail.
    const own = { ...options, signal: AbortSignal.timeout(unregisterMs), timeoutMs: unregisterMs };
    await transport.unregisterRegion(region.name, own).catch(() => undefined);
  }

  #forget(region: RegionFile): void {
    this.#known.delete(region);
    region.close();
  }

  #freeOf({ address }: Transport): FreeRegions {
    let free = this.#free.get(address);
    if (free === undefined) {
      free = new FreeRegions();
      this.#free.set(address, free);
    }
    return free;
  }
}

/** A server that was started anew does not know regions that were registered before. */
function isForgotten(error: unknown, region: RegionFile): boolean {
  return error instanceof RemoteFailure && doneKinds.has(error.kind) && error.message.includes(region.name);
}

function tooLarge(transport: Transport, byteLength: number, maxBytes: number): RemoteFailure {
  return new RemoteFailure(
    'too-large',
    `${transport.address} was not sent tensors of ${byteLength} bytes, since at most ${maxBytes} are allowed. Allow more with "maxMessageBytes".`,
  );
}
