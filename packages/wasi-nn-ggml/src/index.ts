export type { GGMLGpu } from './llama/task-options.js';
export type { GGMLConfig } from './options/config.js';
export { ggmlReleases } from './platforms.js';
export { type GGMLOptions, ggml } from './plugin.js';
export type { GGMLRelease } from './release.js';
export type { ChatMessage } from './session/chat-message.js';
export type {
  GenerateOptions,
  GrammarOptions,
  SamplingOptions,
  SchemaOptions,
} from './session/generate-options.js';
export type { FinishReason, Generated, TokenCounts } from './session/generated.js';
export type { RankedDocument } from './session/rank-documents.js';
export type { GGMLSession } from './session/session.js';
export type { GGMLSource } from './source.js';
