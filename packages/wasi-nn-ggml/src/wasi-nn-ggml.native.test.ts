import { type CaseRuntime, inlineCaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import { createRuntime, findWasmEdge } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { GGMLGuest, greedy } from '../conformance/ggml-guest.js';
import { continued, modelUrl } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { ggml } from './plugin.js';

const models = { default: { file: modelUrl } };
const [sea, morning] = [continued('The sea').text, continued('In the morning').text];
const size = 24;
/** What there is room for behind the second prompt, and one more. */
const room = size - continued('In the morning').inputTokens + 1;

/** What a guest does, and what upstream answers in 0.14.1 and in 0.17.1 (plugins/wasi_nn): the code, and for some the text so far. */
type Answer = readonly [errno: number, text?: string];
type Step = readonly [call: string, older: Answer, newer: Answer];

const rest = Array.from({ length: room - 2 }, (_, index): Step => {
  const answer = [0, morning.slice(0, index + 2)] as const;
  return ['compute_single', answer, answer];
});
const full = [101, morning.slice(0, room)] as const;

const steps: readonly Step[] = [
  ['compute', [1, ''], [1, '']],
  ['compute_single', [1, ''], [1, '']],
  ['fini_single', [0, ''], [0, '']],
  ['The sea', [0], [0]],
  ['compute', [0, sea.slice(0, 3)], [0, sea.slice(0, 3)]],
  ['compute', [1, sea.slice(0, 3)], [0, sea.slice(0, 3)]],
  ['compute_single', [1, sea.slice(0, 3)], [0, sea.slice(0, 1)]],
  ['The sea', [0], [0]],
  ['compute_single', [0, sea.slice(0, 1)], [0, sea.slice(0, 1)]],
  ['In the morning', [0, sea.slice(0, 1)], [0, sea.slice(0, 1)]],
  ['compute_single', [0, sea.slice(0, 2)], [0, morning.slice(0, 1)]],
  ['fini_single', [0, ''], [0, '']],
  ['compute_single', [0, morning.slice(0, 1)], [0, morning.slice(0, 1)]],
  ...rest,
  ['compute_single', full, full],
  ['compute_single', [101], [0, morning.slice(0, 1)]],
  ['fini_single', [0, ''], [0, '']],
  ['x'.repeat(30), [0, ''], [0, '']],
  ['compute', [102, ''], [102, '']],
  ['compute_single', [102, ''], [102, '']],
  ['compute_single', [102, ''], [102, '']],
  ['The sea', [0], [0]],
  ['compute', [0, sea.slice(0, 3)], [0, sea.slice(0, 3)]],
];

/** What a guest is answered, a line for each step. */
async function answersOf(guest: GGMLGuest): Promise<readonly Answer[]> {
  const execution = await guest.open({ ...greedy, 'ctx-size': size, 'n-predict': 3 });
  return mapInOrder(steps, async ([call]) => {
    const errno = await (call === 'compute'
      ? guest.compute(execution)
      : call === 'compute_single'
        ? guest.computeSingle(execution)
        : call === 'fini_single'
          ? guest.raw.exports.fini_single(execution)
          : guest.prompt(execution, call));
    return [errno, (await guest.output(execution)).text] as const;
  });
}

async function embedded(release: '0.14' | '0.17'): Promise<readonly Answer[]> {
  using runtime = await createRuntime({
    engine: 'v8',
    plugins: [ggml({ models, release })],
    logger: () => {},
  });
  return await answersOf(await GGMLGuest.in(inlineCaseRuntime(runtime)));
}

async function native(newer: boolean): Promise<readonly Answer[]> {
  // A process loads one plug-in of the name.
  await using runtime = await createRuntime({
    placement: 'process',
    plugins: [ggml({ models, provider: 'native', nativePath: await buildStandIn(newer) })],
    logger: () => {},
  });
  const instantiate = runtime.instantiate.bind(runtime) as CaseRuntime['instantiate'];
  return await answersOf(await GGMLGuest.in({ instantiate, run: () => expect.unreachable() }));
}

/** What upstream answers, beside what was answered; a text that is not told is as it was given. */
function compared(given: readonly Answer[], isNewer: boolean) {
  return steps.map(([call, older, newer], index) => {
    const [errno, text] = isNewer ? newer : older;
    return `${call}: ${errno} ${text ?? given[index]?.[1]}`;
  });
}

const lines = (answers: readonly Answer[]) =>
  answers.map(([errno, text], index) => `${steps[index]?.[0]}: ${errno} ${text}`);

await describeWithLibrary(() => {
  it.each(['0.14', '0.17'] as const)('the embedded backend answers as release %s', async (release) => {
    const answers = await embedded(release);
    expect(lines(answers)).toEqual(compared(answers, release === '0.17'));
  });
});

const missing = await findWasmEdge().then(
  () => undefined,
  (error: Error) => error.message,
);

it.skipIf(missing !== undefined).each([
  ['0.14', false],
  ['0.17', true],
] as const)('the native plug-in answers as release %s behind its guard', async (_, newer) => {
  const answers = await native(newer);
  expect(lines(answers)).toEqual(compared(answers, newer));
});
