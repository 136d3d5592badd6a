/** A model that a backend's package gives to the suite of the guest ABI: it adds two tensors of type f32 and shape [2, 3]. */
export interface AbiModel {
  /** The code of the encoding that `load` is told, such as 3 for PyTorch. */
  readonly encoding: number;
  /** Its parts, in the order of `load`. */
  parts(): readonly Uint8Array[];
  /**
   * Where models exist by name only: names, at least 20, under which every plug-in of the suite has it. Guests load it by these, and the cases of `load`
   * are left out. Default: guests load its parts.
   */
  readonly names?: readonly string[] | undefined;
}

/** Options of the plug-in that a case of the suite asks for. */
export interface AbiOptions {
  /** Names under which the model is to be there for `load_by_name`. Default: none. */
  readonly named?: readonly string[];
  /** Names under which a file is to be there that is not a model. Default: none. */
  readonly broken?: readonly string[];
}
