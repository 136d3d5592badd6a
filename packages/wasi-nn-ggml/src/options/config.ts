/**
 * Options of a model, with the names that guests use in the JSON of `load_by_name_with_config`; a guest's own come instead of these. Those without effect are checked, and the
 * host's logger is told of them once.
 */
export interface GGMLConfig {
  /** Maximum number of tokens that `compute` gives; below 0 no bound. Default: -1, until release 0.16 512. */
  readonly 'n-predict'?: number;
  /** A text at which `compute` stops. Default: none. */
  readonly 'reverse-prompt'?: string;
  /** Whether `compute` writes each piece to the guest's standard output. Default: `false`. */
  readonly 'stream-stdout'?: boolean;
  /** Whether llama.cpp's messages go to the host's logger. Default: `false`. */
  readonly 'enable-log'?: boolean;
  /** Whether its messages for debugging do too. Default: `false`. */
  readonly 'enable-debug-log'?: boolean;
  /** Whether `compute` gives the vector of the text. Default: `false`. */
  readonly embedding?: boolean;
  /** Whether `compute` gives the score of the text, a query with a document, by a model that has a head for it; goes before `embedding`. Default: `false`. */
  readonly reranking?: boolean;
  /** Number of tokens of the context; 0 for as many as the model was trained for, within the host's bounds. Default: 0, until release 0.16 512. */
  readonly 'ctx-size'?: number;
  /** Maximum number of tokens of a text that is embedded. Default: 2048. */
  readonly 'batch-size'?: number;
  /** Number of threads of a computation. Default: the processors less one, 1 to 4. */
  readonly threads?: number;
  /** How attention is computed. The host may give either form; guests give a boolean in releases 0.15 and 0.16, a text in 0.17. Release 0.14 has none. Default: `auto`. */
  readonly 'flash-attn'?: boolean | 'on' | 'enabled' | 'off' | 'disabled' | 'auto';
  /** How the keys of the context are kept, as ggml numbers types: 0 F32, 1 F16, 2 Q4_0, 3 Q4_1, 6 Q5_0, 7 Q5_1, 8 Q8_0, 20 IQ4_NL, 30 BF16. Default: 1. */
  readonly 'cache-type-k'?: 0 | 1 | 2 | 3 | 6 | 7 | 8 | 20 | 30;
  /** How its values are kept, with the same numbers. Default: 1. */
  readonly 'cache-type-v'?: 0 | 1 | 2 | 3 | 6 | 7 | 8 | 20 | 30;
  /** How the vector of a text comes from those of its tokens: 0 the last one's, 1 the mean, 2 the first one's, 3 the last one's; -1 as the model's file says. Default: -1. */
  readonly 'pooling-type'?: -1 | 0 | 1 | 2 | 3;
  /** Which tokens a token sees: 0 those before it, 1 all; -1 as the model's file says. Default: -1. */
  readonly 'attention-type'?: -1 | 0 | 1;
  /** How positions are computed for a longer context than the model was trained for: 0 as for a shorter one, 1 linear, 2 YaRN, 3 LongRoPE; -1 as the model's file says. Default: -1. */
  readonly 'rope-scaling-type'?: -1 | 0 | 1 | 2 | 3;
  /** The base of the frequencies of positions, without unit, up to 1e12; 0 as the model's file says. Default: 0. */
  readonly 'rope-freq-base'?: number;
  /** What positions are multiplied by, a factor without unit: 0.5 for a context twice as long; 0 as the model's file says. Default: 0. */
  readonly 'rope-freq-scale'?: number;
  /** Number of tokens that YaRN takes the model to be trained for; 0 as the model's file says. Default: 0. */
  readonly 'yarn-orig-ctx'?: number;
  /** What YaRN multiplies attention by, a factor without unit; below 0 as the model's file says. Default: -1. */
  readonly 'yarn-attn-factor'?: number;
  /** Number of layers on a graphics processor, if the host has chosen one. Default: as many as fit. */
  readonly 'n-gpu-layers'?: number;
  /** Whether the file is mapped to memory. Default: `true`. */
  readonly 'use-mmap'?: boolean;
  /** Whether it is kept there. Default: `false`. */
  readonly 'use-mlock'?: boolean;
  /** Whether the values of tensors are checked when the model is loaded. Default: `false`. */
  readonly 'check-tensors'?: boolean;
  /** How memory is spread over the nodes of a machine that has several: 0 as the system does, 1 spread, 2 kept on one, 3 as numactl says, 4 mirrored. The first model's holds for all. Default: 0. */
  readonly numa?: 0 | 1 | 2 | 3 | 4;
  /** How much chance decides: a temperature without unit, of which 0 takes the likeliest token. Default: 0.8. */
  readonly temp?: number;
  /** Number of the likeliest tokens that are chosen from; 0 for all. Default: 40. */
  readonly 'top-k'?: number;
  /** The probability, between 0 and 1, that those which are chosen from have together. Default: 0.95. */
  readonly 'top-p'?: number;
  /** The share of the likeliest token's probability, between 0 and 1, that those which are chosen from have. Default: 0.05. */
  readonly 'min-p'?: number;
  /** What probabilities of tokens that were there are divided by, a factor without unit; 1 for nothing. Default: 1. */
  readonly 'repeat-penalty'?: number;
  /** What is taken from those of tokens that were there, without unit. Default: 0. */
  readonly 'presence-penalty'?: number;
  /** What is taken from them for each time, without unit. Default: 0. */
  readonly 'frequency-penalty'?: number;
  /** Number of tokens that are looked back at for that. Default: 64. */
  readonly 'last-n-penalty'?: number;
  /** How much is taken from tokens that would go on with a repetition (DRY), without unit; 0 for nothing. Spelt as in WasmEdge. Default: 0. */
  readonly 'dry-multipier'?: number;
  /** What that is multiplied by for each token that the repetition is longer, a factor without unit from 1. Default: 1.75. */
  readonly 'dry-base'?: number;
  /** Number of tokens that may be repeated freely. Default: 2. */
  readonly 'dry-allowed-length'?: number;
  /** Number of tokens that are looked back at for that; 0 for none, below 0 for all of the context. Default: -1. */
  readonly 'dry-last-n-penalty'?: number;
  /** The probability, between 0 and 1, with which the likeliest tokens are left out. Default: 0. */
  readonly 'xtc-probability'?: number;
  /** The probability, between 0 and 1, from which on they are. Default: 0.1. */
  readonly 'xtc-threshold'?: number;
  /** Makes chance the same each time; below zero for another each time. Default: -1. */
  readonly seed?: number;
  /** Whether it goes on after the model has ended its text. Default: `false`. */
  readonly 'ignore-eos'?: boolean;
  /** A grammar (GBNF) that the text keeps to. Default: none. */
  readonly grammar?: string;
  /** A JSON schema, as text, that the text keeps to; goes before `grammar`. Default: none. */
  readonly 'json-schema'?: string;
  /** Refused unless empty. Default: none. */
  readonly image?: string;
  /** Refused unless empty. Default: none. */
  readonly mmproj?: string;
  /** Refused unless `false`. Default: `false`. */
  readonly tts?: boolean;
  /** Refused unless empty. Default: none. */
  readonly 'model-vocoder'?: string;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'main-gpu'?: number;
  /** Without effect here. Default: absent. */
  readonly 'tensor-split'?: string;
  /** Without effect here. Default: absent. */
  readonly 'split-mode'?: 'none' | 'layer' | 'row';
  /** Without effect here. Default: absent. */
  readonly 'no-kv-offload'?: boolean;
  /** Without effect here. Default: absent. */
  readonly 'cpu-moe'?: boolean;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'n-cpu-moe'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'ubatch-size'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'yarn-ext-factor'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'yarn-beta-fast'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'yarn-beta-slow'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'typ-p'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'dynatemp-range'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'dynatemp-exponent'?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly mirostat?: number;
  /** Without effect here, in whatever unit. Default: absent. */
  readonly 'mirostat-eta'?: number;
  /** Without effect here. Default: absent. */
  readonly 'tts-output-file'?: string;
  /** Without effect here. Default: absent. */
  readonly 'tts-speaker-file'?: string;
  /** Without effect, as in WasmEdge. Default: absent. */
  readonly 'always-regenerate-image-embd'?: boolean;
  /** Without effect, as in WasmEdge. Default: absent. */
  readonly warmup?: boolean;
  /** Without effect, as in WasmEdge, in whatever unit. Default: absent. */
  readonly 'threads-batch'?: number;
  /** Without effect, as in WasmEdge, in whatever unit. Default: absent. */
  readonly 'n-keep'?: number;
  /** Without effect, as in WasmEdge, in whatever unit. Default: absent. */
  readonly 'n-chunks'?: number;
  /** Without effect, as in WasmEdge, in whatever unit. Default: absent. */
  readonly 'n-parallel'?: number;
  /** Without effect, as in WasmEdge, in whatever unit. Default: absent. */
  readonly 'n-probs'?: number;
  /** Without effect, as in WasmEdge, in whatever unit. Default: absent. */
  readonly 'embd-normalize'?: number;
}
