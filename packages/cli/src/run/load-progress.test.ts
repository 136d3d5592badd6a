import { channel } from 'node:diagnostics_channel';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { showModelLoads } from './load-progress.js';

const cell = new Int32Array(new SharedArrayBuffer(4));
const loads = channel('wasmedge-plugins:model-load');

it('tells of a load that takes long while this thread waits, and takes the line away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'load-progress-'));
  const file = join(folder, 'stderr');
  const fd = openSync(file, 'w');
  const shown = () => readFileSync(file, 'utf8');
  try {
    showModelLoads({ fd, delayMs: 1 });
    loads.publish({ phase: 'begin' });
    while (!shown().includes('loading a model (')) Atomics.wait(cell, 0, 0, 5);
    loads.publish({ phase: 'end' });
    // The line was taken away before the guest goes on.
    expect(shown().replaceAll('\r\x1b[K', '|')).toMatch(/^(?:\|loading a model \(\d+\.\d s\))+\|$/);
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
});

it('says nothing of one that is quick', () => {
  const folder = mkdtempSync(join(tmpdir(), 'load-progress-'));
  const file = join(folder, 'stderr');
  const fd = openSync(file, 'w');
  try {
    showModelLoads({ fd, delayMs: 600_000 });
    for (let load = 0; load < 100; load++) {
      loads.publish({ phase: 'begin' });
      loads.publish({ phase: 'end' });
    }
    expect(readFileSync(file, 'utf8')).toBe('');
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
});
