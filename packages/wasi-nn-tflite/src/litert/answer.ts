import { randomUUID } from 'node:crypto';
import { LiteRtInstance } from './instance.js';
import { LiteRtFailure } from './litert-failure.js';
import type { LoadedContext } from './loaded-context.js';
import { LoadedGraph } from './loaded-graph.js';
import type { LiteRtAnswers, LiteRtProblem, LiteRtRequest } from './messages.js';

const graphs = new Map<string, LoadedGraph>();
const contexts = new Map<string, LoadedContext>();
let instance: LiteRtInstance | undefined;

/** Does what the calling thread asks for; runs on the helper thread, one request at a time. */
export async function answer(
  request: LiteRtRequest,
): Promise<LiteRtAnswers[keyof LiteRtAnswers] | LiteRtProblem> {
  try {
    return await work(request);
  } catch (error) {
    if (!(error instanceof LiteRtFailure)) throw error;
    return { problem: { errno: error.errno, message: error.message } };
  }
}

async function work(request: LiteRtRequest): Promise<LiteRtAnswers[keyof LiteRtAnswers]> {
  switch (request.kind) {
    case 'load': {
      // One that has trapped is left to the garbage collector, with everything in it.
      if (instance === undefined || instance.broken) {
        instance = await LiteRtInstance.create(request.maxBytes);
      }
      const graph = await LoadedGraph.load(instance, request.model);
      return { graph: keep(graphs, graph), inputs: graph.inputs, outputs: graph.outputs };
    }
    case 'create-context':
      return { context: keep(contexts, await find(graphs, request.graph).createContext()) };
    case 'compute':
      return find(contexts, request.context).compute(request.inputs);
    case 'free':
      for (const objects of [contexts, graphs]) {
        objects.get(request.name)?.free();
        objects.delete(request.name);
      }
      return {};
  }
}

function keep<Kind>(objects: Map<string, Kind>, object: Kind): string {
  const name = randomUUID();
  objects.set(name, object);
  return name;
}

function find<Kind>(objects: ReadonlyMap<string, Kind>, name: string): Kind {
  const object = objects.get(name);
  if (object !== undefined) return object;
  throw new LiteRtFailure('runtime_error', 'The model was lost when the helper thread ended; load it again.');
}
