/** The levels of optimisation, as LLVM counts them. */
export const levels: readonly OptimizationLevel[] = [0, 1, 2, 3];

/** How much the compiler optimises. */
export type OptimizationLevel = 0 | 1 | 2 | 3;
