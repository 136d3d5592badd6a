/** Most tensors of a request, of an answer, and of each list of a model's metadata. */
export const maxTensors = 4096;
/** Most dimensions of a tensor. */
export const maxDimensions = 64;
/** Most bytes of a name, and of another text that is kept. */
export const maxTextBytes = 65_536;
/** Most versions of a model, and extensions of a server. */
export const maxListed = 4096;
/** Most models of a repository. */
export const maxModels = 65_536;
/** Most bytes of an answer that has no tensors. */
export const maxControlBytes = 4_194_304;
