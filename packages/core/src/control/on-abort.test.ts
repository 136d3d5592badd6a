import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { onAbort } from './on-abort.js';

it('calls each back once, in order, but not those that took it back', () => {
  const { signal, abort } = controller();
  const seen: string[] = [];
  onAbort(signal, () => seen.push('a'));
  const stop = onAbort(signal, () => seen.push('b'));
  onAbort(signal, () => seen.push('c'));
  stop();
  stop();
  abort();
  abort();
  expect(seen).toEqual(['a', 'c']);
});

it('listens once to a signal, however many wait, so that Node.js warns of no leak', () => {
  const { signal } = controller();
  const stops = Array.from({ length: 100 }, () => onAbort(signal, () => {}));
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  for (const stop of stops) stop();
  // What is made of other signals would be kept for as long as they are.
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  onAbort(signal, () => {});
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
});

it('calls nobody back for a signal that is aborted already', () => {
  const { signal, abort } = controller();
  abort();
  onAbort(signal, () => expect.unreachable());
});

function controller() {
  const made = new AbortController();
  return { signal: made.signal, abort: () => made.abort() };
}
