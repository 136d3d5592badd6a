import type { GuardedCalls } from './guarded-calls.js';
import type { GuardedSteps } from './guarded-steps.js';

/** What a native plug-in answers to a load. */
export interface LoadedNatively {
  readonly errno: number;
  readonly graph: number;
  /** Whether the name had been loaded before, so that this load's configuration was not looked at. Default: `false`. */
  readonly isEarlier?: boolean;
}

/** A graph of the plug-in. */
export interface GuardedGraph {
  /** Whether its contexts may lack tensors. */
  readonly mayLackTensors: boolean;
  /** Whether it turns texts into vectors, instead of continuing them. */
  givesVectors: boolean;
  /** How many guests have it. */
  holders: number;
  /** What its guest brought. */
  readonly byteLength: number;
}

/** What is known of a graph before it is loaded. */
export type NewGraph = Pick<GuardedGraph, 'mayLackTensors' | 'givesVectors'>;

/** A context, and where its calls are made. */
export interface GuardedContext {
  readonly graph: GuardedGraph;
  readonly steps: GuardedSteps;
  readonly calls: GuardedCalls;
  readonly inputs: Map<number, number>;
  /** The end of what must stay where it is: OpenVINO reads inputs when it computes. */
  kept: number;
}
