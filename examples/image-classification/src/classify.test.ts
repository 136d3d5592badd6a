import { readdirSync } from 'node:fs';
import { type EngineName, findWasmEdge } from '@wasmedge-plugins/core';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { describe, expect, it } from 'vitest';
import { type BackendName, backendNames, backends } from './backends.js';
import { classifyInGuest } from './classify-in-guest.js';
import { classifyOnHost } from './classify-on-host.js';
import { labels, projectFile } from './shapes.js';

// The model was not trained on these; each is named after what was drawn.
const pictures = readdirSync(projectFile('pictures'));
const shown = (picture: string) => picture.replace(/-\d+\.jpg$/, '');
const file = (picture: string) => projectFile(`pictures/${picture}`);

const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());
const requirements: Record<BackendName, string> = {
  onnx: 'onnx',
  openvino: 'openvino',
  pytorch: 'libtorch',
  tflite: 'tflite',
};

/** Why a backend cannot run here, if so. */
async function unavailable(name: BackendName): Promise<string | undefined> {
  try {
    const session = await backends[name].session();
    session[Symbol.dispose]();
    return undefined;
  } catch (error) {
    if (!BackendUnavailableError.isInstance(error)) throw error;
    return error.message;
  }
}

/** Declares tests, or one that is skipped with the reason and fails where the environment says that nothing may be missing. */
function declare(title: string, requirement: string, reason: string | undefined, tests: () => void) {
  if (reason === undefined) return describe(title, tests);
  const [line = ''] = reason.split('\n', 1);
  if (!required.includes(requirement)) return it.skip(`${title}: ${line}`);
  return it(title, () => {
    throw new Error(reason);
  });
}

const reasons = new Map<BackendName, string | undefined>();
for (const name of backendNames) reasons.set(name, await unavailable(name));
const available = backendNames.filter((name) => reasons.get(name) === undefined);
const noLibrary = await findWasmEdge().then(
  () => undefined,
  (error: Error) => error.message,
);
const engines: readonly (readonly [EngineName, string | undefined])[] = [
  ['v8', undefined],
  ['wasmedge', noLibrary],
];

it('has pictures of every shape', () => {
  expect([...new Set(pictures.map(shown))].sort()).toEqual([...labels].sort());
  expect(pictures.length).toBeGreaterThanOrEqual(10);
});

for (const name of backendNames) {
  declare(`${name}, from TypeScript`, requirements[name], reasons.get(name), () => {
    it.each(pictures)('names what is on %s', async (picture) => {
      const { label, score } = await classifyOnHost(name, file(picture));
      expect(label).toBe(shown(picture));
      expect(score).toBeGreaterThan(0.5);
    });
  });

  for (const [engine, missing] of engines) {
    const reason = reasons.get(name) ?? missing;
    declare(
      `${name}, from a guest on ${engine}`,
      missing === undefined ? requirements[name] : 'wasmedge',
      reason,
      () => {
        it.each(pictures)('names what is on %s', async (picture) => {
          const printed = await classifyInGuest([name], file(picture), engine);
          expect(printed).toMatch(new RegExp(`^${name}: ${shown(picture)} [01]\\.\\d{3}\\n$`));
        });
      },
    );
  }
}

for (const [engine, missing] of engines) {
  const reason = available.length < 2 ? `only ${available.join(', ')} can run here` : missing;
  declare(`several backends in one runtime on ${engine}`, 'openvino', reason, () => {
    it.each(pictures)('agree about %s', async (picture) => {
      const printed = (await classifyInGuest(available, file(picture), engine)).trim().split('\n');
      expect(printed.map((line) => line.replace(/ [\d.]+$/, ''))).toEqual(
        available.map((name) => `${name}: ${shown(picture)}`),
      );
    });
  });
}
