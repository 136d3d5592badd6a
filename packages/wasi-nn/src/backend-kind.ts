import type { ExportedAs } from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import type { ModelSource } from './backend-plugin-options.js';
import type { ModelPart } from './model-part.js';

/** What a backend package says of itself. */
export interface BackendKind<Source extends ModelSource> {
  /** Name of the function that makes its plug-in, for messages: `openVINO`. */
  readonly caller: string;
  /** What runs the models. */
  readonly backend: Backend;
  /** Where that function is exported, so that a plug-in can be made again elsewhere. Default: it cannot be. */
  readonly exportedAs?: ExportedAs | undefined;
  /** Names of the properties of a source that are the model's files, in the order in which a guest gives them to `load`. */
  readonly partNames: readonly Exclude<keyof Source, keyof ModelSource>[];
  /** `allow` only where models that guests bring run in a sandbox. */
  readonly guestModels: 'allow' | 'deny';
  /** Why the embedded backend cannot run here; `undefined` when it can. */
  unavailable(): string | undefined;
  /**
   * Whether the native plug-in may make a context of this model that has no memory for its inputs, and say nothing of it: such a model is
   * computed once before a guest may set inputs. Default: no model does so.
   *
   * @throws anything for a model that cannot be read; it is then not loaded.
   */
  mayLackTensors?(parts: readonly Uint8Array[]): boolean;
  /** Defects of the native plug-in, said once per process when it is loaded. */
  readonly nativeWarning: string;
}

/** The files of a model, in the order of `load`. */
export function partsOf<Source extends ModelSource>(
  { partNames }: Pick<BackendKind<Source>, 'partNames'>,
  source: Source,
): readonly ModelPart[] {
  return partNames.map((name) => source[name] as ModelPart);
}
