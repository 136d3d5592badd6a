import { createBlockingCaller } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { answersOf, modelUrl } from '../conformance/models.js';
import { tflite } from './plugin.js';

/** Every global with its value, but those that are computed when they are asked for. */
function globals(): Record<string, unknown> {
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(globalThis));
  return Object.fromEntries(
    descriptors.map(([name, descriptor]) => [name, descriptor.value ?? descriptor.get]),
  );
}

it('LiteRT.js touches no global of this thread, nor its listeners', async () => {
  // Core itself listens for the end of the process as soon as there is a helper thread.
  using caller = createBlockingCaller();
  caller.call(
    { moduleUrl: 'data:text/javascript,export function nothing() {}', exportName: 'nothing' },
    undefined,
  );
  const before = globals();
  const events = process.eventNames().map((name) => [name, process.listenerCount(name)]);
  using session = await tflite({ runtime: 'litert' }).session({ file: modelUrl('add') });
  session.run(answersOf('add')[0]?.inputs ?? []);
  const after = globals();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const [name, value] of Object.entries(after)) {
    expect(Object.is(value, before[name]), `globalThis.${name}`).toBe(true);
  }
  expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(events);
});
