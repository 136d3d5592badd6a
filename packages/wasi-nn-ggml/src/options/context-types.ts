/** What stands for "as the model's file says". */
export const asInFile = -1;

/** How the vectors of tokens become the vector of a text, as llama.cpp numbers it. */
export const poolingTypes = new Map([
  [asInFile, undefined],
  [0, 'none'],
  [1, 'mean'],
  [2, 'cls'],
  [3, 'last'],
] as const);

/** Whether a token sees only those before it, as llama.cpp numbers it. */
export const attentionTypes = new Map([
  [asInFile, undefined],
  [0, true],
  [1, false],
] as const);

/** How positions behind those that a model was trained for are computed, as llama.cpp numbers it. */
export const ropeScalingTypes = new Map([
  [asInFile, undefined],
  [0, 'none'],
  [1, 'linear'],
  [2, 'yarn'],
  [3, 'longrope'],
] as const);
