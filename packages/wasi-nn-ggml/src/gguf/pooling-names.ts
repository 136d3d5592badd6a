/** How the vectors of tokens become that of a text, by llama.cpp's numbers; another number ends the process. */
export const poolingNames = ['none', 'mean', 'cls', 'last', 'rank'] as const;
