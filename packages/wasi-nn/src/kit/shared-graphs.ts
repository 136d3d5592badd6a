import { createHash } from 'node:crypto';
import type { ExecutionContext, ExecutionTarget, Graph, TensorInfo } from '../backend.js';

/** What a graph was loaded of. Two that are the same in all of it are the same model. */
export interface GraphIdentity {
  /** The backend's package. */
  readonly packageName: string;
  /** The library that loads it, and its version. */
  readonly library: string;
  readonly target: ExecutionTarget;
  /** The settings, as JSON. */
  readonly config: string | undefined;
  readonly parts: readonly Uint8Array[];
}

interface Entry {
  readonly graph: Graph;
  /** Called when the graph was freed. */
  readonly onFreed: () => void;
  users: number;
}

/** The graphs of this thread that are in use. Nothing is kept that nobody uses, so what users may have bounds it. */
const graphs = new Map<string, Entry>();

/**
 * A graph that somebody in this thread has loaded of the same model, otherwise one that is loaded now. It is freed with its last user.
 *
 * @throws what `load` throws; it is not remembered.
 */
export function takeSharedGraph(identity: GraphIdentity, load: () => Graph, onFreed: () => void): Graph {
  const key = keyOf(identity);
  let entry = graphs.get(key);
  if (entry === undefined) {
    entry = { graph: load(), onFreed, users: 0 };
    graphs.set(key, entry);
  }
  entry.users++;
  return new SharedGraph(key, entry);
}

/** Content decides, by a hash that nobody can find a second model for: a file that was replaced is another model. */
function keyOf({ packageName, library, target, config = '', parts }: GraphIdentity): string {
  const hashes = parts.map((part) => createHash('sha256').update(part).digest('hex'));
  return JSON.stringify([packageName, library, target, config, ...hashes]);
}

/** The graph as one of its users has it. */
class SharedGraph implements Graph {
  readonly isShareable = true;
  readonly #key: string;
  readonly #entry: Entry;

  constructor(key: string, entry: Entry) {
    this.#key = key;
    this.#entry = entry;
  }

  get inputs(): readonly TensorInfo[] | undefined {
    return this.#entry.graph.inputs;
  }

  get outputs(): readonly TensorInfo[] | undefined {
    return this.#entry.graph.outputs;
  }

  get contextBytes(): number | undefined {
    return this.#entry.graph.contextBytes;
  }

  createContext(): ExecutionContext {
    return this.#entry.graph.createContext();
  }

  /** Called once by each user. */
  [Symbol.dispose](): void {
    const entry = this.#entry;
    entry.users--;
    if (entry.users > 0) return;
    graphs.delete(this.#key);
    try {
      entry.graph[Symbol.dispose]();
    } finally {
      entry.onFreed();
    }
  }
}
