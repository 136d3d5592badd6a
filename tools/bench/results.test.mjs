// @ts-check
import { describe, expect, it } from 'vitest';
import { countedResult, failures, notMeasured, resultOf } from './results.mjs';

const flat = (/** @type {number} */ time) => ({ minimum: time, median: time * 2, maximum: time * 3 });

/**
 * @param {string} id
 * @param {number} ours
 * @param {number} baseline
 */
const outcome = (id, ours, baseline) => ({
  id,
  title: id,
  rounds: 25,
  ours: flat(ours),
  baseline: flat(baseline),
});

const strict = { check: true, mustBeComplete: true };

// The figures are those the project set itself: interpreter host → wasm ≤ 1.6× C, v8 ≤ 12 ns more, growth below 5 %, no leak;
// WASI-Crypto ≥ 0.9 of node:crypto's throughput, signing and verifying ≤ 1.15 of its time, P-256 signing and verifying on wasmedge ≤ 1.3; keys derived ≤ 1.5 and ≤ 3.
describe('figures', () => {
  it.each([
    ['wasmedge-call-guest', 159, 100, 'reached'],
    ['wasmedge-call-guest', 161, 100, 'missed'],
    ['wasmedge-call-host-0', 451, 100, 'missed'],
    ['wasmedge-call-host-2', 301, 100, 'missed'],
    ['wasmedge-create-runtime', 151, 100, 'missed'],
    ['v8-call-guest', 17, 5, 'reached'],
    ['v8-call-guest', 18, 5, 'missed'],
    ['nn-openvino-mobilenet', 105, 100, 'reached'],
    ['nn-tflite-mobilenet', 106, 100, 'missed'],
    ['nn-pytorch-tiny', 30_100, 99, 'missed'],
    ['nn-tflite-set-input', 151, 100, 'missed'],
    ['kserve-session-small', 101, 100, 'missed'],
    ['kserve-session-large-eight', 101, 100, 'missed'],
    ['kserve-guest-large', 131, 100, 'missed'],
    ['kserve-shared-memory-large', 71, 100, 'missed'],
    ['v8-call-host-0', 500, 5, 'no figure'],
    ['v8-crypto-sha256', 111, 100, 'reached'],
    ['v8-crypto-aes-256-gcm', 112, 100, 'missed'],
    ['v8-crypto-chacha20-poly1305', 112, 100, 'missed'],
    ['v8-crypto-ed25519-sign', 116, 100, 'missed'],
    ['v8-crypto-ed25519-verify', 115, 100, 'reached'],
    ['v8-crypto-p256-sign', 131, 100, 'missed'],
    ['v8-crypto-p256-verify', 116, 100, 'missed'],
    ['wasmedge-crypto-ed25519-verify', 130, 100, 'reached'],
    ['wasmedge-crypto-p256-verify', 131, 100, 'missed'],
    ['v8-crypto-hkdf-small', 151, 100, 'missed'],
    ['wasmedge-crypto-hkdf-small', 300, 100, 'reached'],
    ['v8-crypto-sha256-small', 500, 100, 'no figure'],
  ])('%s of %d ns against %d ns: %s', (id, ours, baseline, verdict) => {
    expect(resultOf(outcome(id, ours, baseline), 1).verdict).toBe(verdict);
  });

  it.each([
    ['v8-memory-growth', 1000, 1049, 'reached'],
    ['v8-memory-growth', 1000, 1050, 'missed'],
    ['wasmedge-descriptors', 20, 20, 'reached'],
    ['wasmedge-descriptors', 20, 21, 'missed'],
    ['wasmedge-callback-slots', 1, 2, 'missed'],
  ])('%s from %d to %d: %s', (id, first, last, verdict) => {
    expect(countedResult(id, id, first, last).verdict).toBe(verdict);
  });

  it('are loosened by slack', () => {
    expect(resultOf(outcome('wasmedge-call-guest', 207, 100), 1.3).verdict).toBe('reached');
    expect(resultOf(outcome('wasmedge-call-guest', 209, 100), 1.3).verdict).toBe('missed');
  });
});

describe('failures', () => {
  const missed = resultOf(outcome('wasmedge-call-guest', 200, 100), 1);
  const wrong = resultOf({ ...outcome('wasmedge-call-guest', 100, 100), wrong: 'ours is 1' }, 1);
  const absent = notMeasured('wasmedge', 'wasmedge', 'no compiler');

  it('count a wrong answer always', () => {
    expect(failures([wrong], { check: false, mustBeComplete: false })).toHaveLength(1);
  });

  it('count a missed figure when it is checked', () => {
    expect(failures([missed], strict)).toHaveLength(1);
    expect(failures([missed], { ...strict, check: false })).toEqual([]);
  });

  it('count what was not measured where everything must be', () => {
    expect(failures([absent], strict)).toEqual(['wasmedge: not measured, no compiler']);
    expect(failures([absent], { ...strict, mustBeComplete: false })).toEqual([]);
  });
});
