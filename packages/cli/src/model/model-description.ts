/** What a package of a backend tells of a model; its own words for it are those of the kit of WASI-NN. */
export interface ModelDescription {
  readonly format: string;
  readonly bytes: number;
  readonly inputs: readonly DescribedTensor[];
  readonly outputs: readonly DescribedTensor[];
  readonly notes: readonly string[];
}

export interface DescribedTensor {
  readonly name: string;
  readonly type?: string | undefined;
  readonly shape?: readonly number[] | undefined;
  readonly quantisation?:
    | {
        readonly scale: readonly number[];
        readonly zeroPoint: readonly number[];
        readonly dimension?: number | undefined;
      }
    | undefined;
}
