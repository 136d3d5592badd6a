import type { InferRequest } from '../protocol/messages.js';
import type { ServerCaller } from '../servers/call-server.js';
import { roadCall } from './fake-servers.js';

/** What came of many calls. */
export interface LoadResult {
  /** How many got the answer to another call. */
  readonly wrong: number;
  /** What the others failed with. */
  readonly failures: readonly unknown[];
}

/** Makes calls with numbers from 0, so many at a time, and looks whether each is answered with its own number. */
export async function load(
  caller: ServerCaller,
  calls: number,
  atOnce: number,
  onCall: (call: number) => void,
): Promise<LoadResult> {
  let next = 0;
  let wrong = 0;
  const failures: unknown[] = [];
  const work = async () => {
    while (next < calls) {
      const number = next++;
      onCall(number);
      try {
        const { id } = await caller.call(roadCall({ timeoutMs: 30_000 }), (transport, options) =>
          transport.infer(request(number), options),
        );
        if (id !== String(number)) wrong++;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { wrong, failures };
}

function request(number: number): InferRequest {
  const data = new Uint8Array(new Float64Array([number]).buffer);
  return {
    model: { name: 'road' },
    id: String(number),
    parameters: {},
    inputs: [{ name: 'number', dataType: 'FP64', shape: [1], data }],
    outputs: [],
  };
}
