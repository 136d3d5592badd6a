import type { Settings } from '@wasmedge-plugins/wasi-nn/kit';
import { decimal, flag, integer, text } from './option.js';

const wholeNumber = integer('calls', { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

const flags = `mask-valid strict-cpu mask-valid-batch strict-cpu-batch no-perf-sampling timing-per-token
lora-init-without-apply hellaswag winogrande multiple-choice kl-divergence usage use-color special interactive
interactive-first prompt-cache-all prompt-cache-ro escape multiline-input simple-io cont-batching no-perf ctx-shift
input-prefix-bos verbose-prompt display-prompt enable-chat-template webui endpoint-slots endpoint-props endpoint-metrics
log-json is-pp-shared process-output compute-ppl spm-infill batched-bench-output-jsonl`;

const wholeNumbers = `n-sequences grp-attn-n grp-attn-w n-print priority poll priority-batch poll-batch n-prev min-keep
n-ctx-speculative n-max-speculative n-min-speculative n-gpu-layers-speculative verbosity control-vector-layer-start
control-vector-layer-end ppl-stride ppl-output-type hellaswag-tasks winogrande-tasks multiple-choice-tasks port
timeout-read timeout-write n-threads-http n-cache-reuse n-pp n-tg n-pl chunk-size n-junk i-pos n-out-freq n-save-freq
i-chunk n-pca-batch n-pca-iterations`;

const decimals = 'p-split-speculative p-min-speculative slot-prompt-similarity';

const texts = `hf-repo-vocoder hf-file-vocoder model-url-vocoder model-alias model-url hf-token hf-repo hf-file prompt-file
path-prompt-cache input-prefix input-suffix lookup-cache-static lookup-cache-dynamic logits-file embd-out embd-sep
hostname public-path chat-template ssl-file-key ssl-file-cert slot-save-path context-files chunk-separator out-file
cvector-positive-file cvector-negative-file`;

/** Names of llama.cpp's other programs, which WasmEdge takes since 0.15 and does nothing with: only their types are checked. */
export const idleOptions: Settings = {
  ...each(flags, flag('calls')),
  ...each(wholeNumbers, wholeNumber),
  ...each(decimals, decimal('calls')),
  ...each(texts, text('calls')),
  'cvector-dimre-method': text('calls', { oneOf: ['DIMRE_METHOD_PCA', 'DIMRE_METHOD_MEAN'] }),
};

function each(names: string, option: Settings[string]): Settings {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, option]));
}
