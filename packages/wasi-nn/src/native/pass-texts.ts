import { argumentPlace, type GuardedCalls } from './guarded-calls.js';

/** Copies texts of a guest to where arguments begin; returns what a function is told of them. */
export function passTexts(calls: GuardedCalls, texts: readonly Uint8Array[]): number[] {
  let place = argumentPlace;
  return texts.flatMap((bytes) => {
    const start = place;
    // The plug-in looks at 4 bytes also where there are none.
    place += Math.max(bytes.byteLength, 4);
    calls.needs(place);
    calls.memory.write(start, bytes);
    return [start, bytes.byteLength];
  });
}
