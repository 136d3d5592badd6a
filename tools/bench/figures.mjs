// @ts-check

/**
 * What a measure has to reach. `ratio` and `difference` (nanoseconds) are between the minima of the rounds, which noise disturbs least;
 * `growth` (percent) and `leak` (a number of things) are counted, so slack does not loosen them.
 * @typedef {{ kind: 'ratio' | 'difference' | 'growth' | 'leak', most: number }} Figure
 */

/** @type {Readonly<Record<string, Figure>>} */
export const figures = {
  'wasmedge-call-guest': { kind: 'ratio', most: 1.6 },
  'wasmedge-call-host-0': { kind: 'ratio', most: 4.5 },
  'wasmedge-call-host-2': { kind: 'ratio', most: 3 },
  'wasmedge-create-runtime': { kind: 'ratio', most: 1.5 },
  'wasmedge-instantiate-compiled': { kind: 'ratio', most: 2.5 },
  'wasmedge-second-runtime': { kind: 'ratio', most: 0.4 },
  'v8-call-guest': { kind: 'difference', most: 12 },
  'v8-instantiate-compiled': { kind: 'ratio', most: 2 },
  'v8-second-runtime': { kind: 'ratio', most: 0.1 },
  'v8-same-bytes': { kind: 'ratio', most: 0.1 },
  'cli-run': { kind: 'ratio', most: 1.6 },
  'v8-files-stat': { kind: 'ratio', most: 2.5 },
  'v8-files-open': { kind: 'ratio', most: 2.5 },
  // The other functions of WASI are reported only.
  'v8-wasi-random': { kind: 'ratio', most: 1.5 },
  'placement-worker-call': { kind: 'ratio', most: 2 },
  'placement-process-call': { kind: 'ratio', most: 2 },
  // It takes up to 1.1× where two processors have to be woken in turn, which a message that does nothing spares; slack covers that.
  'placement-worker-megabyte': { kind: 'ratio', most: 1 },
  'placement-process-megabyte': { kind: 'ratio', most: 0.7 },
  'placement-process-host-call': { kind: 'ratio', most: 1.1 },
  // Metered code is reported only.
  'aot-fib': { kind: 'ratio', most: 0.5 },
  // 1.8 times the throughput.
  'pool-two-members': { kind: 'ratio', most: 0.556 },
  'pool-fresh-instance': { kind: 'ratio', most: 1 },
  'process-client-true': { kind: 'ratio', most: 1.2 },
  'process-client-cat': { kind: 'ratio', most: 1.2 },
  'httpsreq-request': { kind: 'ratio', most: 1.5 },
  'httpsreq-client': { kind: 'ratio', most: 1.3 },
  'httpsreq-crate-request': { kind: 'ratio', most: 1.5 },
  // 0.8 of the throughput.
  'httpsreq-download': { kind: 'ratio', most: 1.25 },
  // Nine tenths of the throughput of node:crypto.
  'v8-crypto-sha256': { kind: 'ratio', most: 1.11 },
  'v8-crypto-aes-256-gcm': { kind: 'ratio', most: 1.11 },
  'v8-crypto-chacha20-poly1305': { kind: 'ratio', most: 1.11 },
  'v8-crypto-hkdf-small': { kind: 'ratio', most: 1.5 },
  'wasmedge-crypto-hkdf-small': { kind: 'ratio', most: 3 },
  'v8-crypto-ed25519-sign': { kind: 'ratio', most: 1.15 },
  'v8-crypto-ed25519-verify': { kind: 'ratio', most: 1.15 },
  'v8-crypto-p256-sign': { kind: 'ratio', most: 1.3 },
  'v8-crypto-p256-verify': { kind: 'ratio', most: 1.15 },
  'wasmedge-crypto-ed25519-verify': { kind: 'ratio', most: 1.3 },
  'wasmedge-crypto-p256-verify': { kind: 'ratio', most: 1.3 },
  'nn-openvino-mobilenet': { kind: 'ratio', most: 1.05 },
  'nn-openvino-tiny': { kind: 'difference', most: 30_000 },
  'nn-openvino-set-input': { kind: 'ratio', most: 1.5 },
  'nn-tflite-mobilenet': { kind: 'ratio', most: 1.05 },
  'nn-tflite-tiny': { kind: 'difference', most: 30_000 },
  'nn-tflite-set-input': { kind: 'ratio', most: 1.5 },
  'nn-onnx-mobilenet': { kind: 'ratio', most: 1.05 },
  'nn-onnx-tiny': { kind: 'difference', most: 30_000 },
  'nn-onnx-set-input': { kind: 'ratio', most: 1.5 },
  // The way of a tiny model to the helper thread and back is reported only.
  // At least 0.95 times as many tokens in the same time.
  'nn-ggml-compute': { kind: 'ratio', most: 1.05 },
  'nn-ggml-compute-single': { kind: 'ratio', most: 1.05 },
  'nn-pytorch-mobilenet': { kind: 'ratio', most: 1.05 },
  'nn-pytorch-tiny': { kind: 'difference', most: 30_000 },
  'nn-pytorch-set-input': { kind: 'ratio', most: 1.5 },
  // 0.03, rounded. Numbers alone, which Extism passes as they are, are reported only.
  'extism-call': { kind: 'ratio', most: 0.035 },
  'extism-host-function': { kind: 'ratio', most: 0.6 },
  // Triton's own client in Python, by gRPC, is the measure.
  'kserve-session-small': { kind: 'ratio', most: 1 },
  'kserve-session-large': { kind: 'ratio', most: 1 },
  'kserve-session-small-eight': { kind: 'ratio', most: 1 },
  'kserve-session-large-eight': { kind: 'ratio', most: 1 },
  'kserve-guest-small': { kind: 'ratio', most: 1.3 },
  'kserve-guest-large': { kind: 'ratio', most: 1.3 },
  'kserve-shared-memory-large': { kind: 'ratio', most: 0.7 },
  'wasmedge-memory-growth': { kind: 'growth', most: 5 },
  'wasmedge-descriptors': { kind: 'leak', most: 0 },
  'wasmedge-callback-slots': { kind: 'leak', most: 0 },
  'v8-memory-growth': { kind: 'growth', most: 5 },
  'v8-descriptors': { kind: 'leak', most: 0 },
  'v8-callback-slots': { kind: 'leak', most: 0 },
};

/**
 * Whether a value reaches a figure.
 * @param {Figure} figure
 * @param {number} value
 * @param {number} slack
 */
export function isReached({ kind, most }, value, slack) {
  switch (kind) {
    case 'ratio':
    case 'difference':
      return value <= most * slack;
    case 'growth':
      return value < most;
    case 'leak':
      return value <= most;
  }
}
