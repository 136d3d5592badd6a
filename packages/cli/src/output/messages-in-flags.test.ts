import { expect, it } from 'vitest';
import { readSourceTexts } from '../__fixtures__/messages-of-packages.js';
import { flagWords } from './flag-words.js';
import { inFlags } from './in-flags.js';

const { texts, optionNames } = readSourceTexts([
  'core',
  'process',
  'httpsreq',
  'wasi-crypto',
  'wasi-nn',
  'wasi-nn-ggml',
  'wasi-nn-kserve',
  'wasi-nn-onnx',
  'wasi-nn-openvino',
  'wasi-nn-pytorch',
  'wasi-nn-tflite',
  'cli',
]);

/** Options whose names are words of English too are only told by their values. */
const withValue = "(?:engine|provider|placement|aot|guestModels|allowEnv|allowCommands):? '(?!\u0001)";
const camelCase = [...optionNames].filter((name) => /^[a-z]+[A-Z]/.test(name));
const wordsOfApi = new RegExp(
  String.raw`\b(?:${camelCase.join('|')}|createRuntime|(?:limits|wasi|nativePlugins|child)\.\w+|runtime\.\w+\(|run\(\{)\b|\b${withValue}`,
);

/** Where messages name options of the API and the command never prints them, and why. */
const onlyOfPrograms: Readonly<Record<string, string>> = {
  'core/blocking/create-blocking-caller.ts': 'authors of plug-ins call it',
  'core/guest-types/needs-lines.ts': 'TypeScript that `types` writes, for a program',
  'core/plugin/native-plugin.ts': '--native-plugin is checked before; the option is one of a program',
  'core/plugin/pack-plugins.ts': 'the command packs plug-ins of its packages only',
  'core/plugin/unpack-plugins.ts': 'the command packs plug-ins of its packages only',
  'core/plugin-trust/trust.ts': 'the command gives values of the right type; each option has a flag',
  'core/recipe/exported-as.ts': 'authors of plug-ins and host modules',
  'core/runtime/add-plugin.ts': 'authors of plug-ins',
  'core/runtime/check-host-modules.ts': 'the command has no host modules',
  'core/runtime/check-options.ts': 'the command gives options of the right type',
  'core/runtime/guest-runtime.ts':
    'run({ timeoutMs }) is given by programs; the command has limits.timeoutMs',
  'core/runtime/host-objects.ts': 'the command has no host modules',
  'core/runtime/native-functions.ts': 'programs call it',
  'core/runtime/native-plugins-of.ts': 'programs call it',
  'core/native/plugins/trusted-file.ts': 'the command has one runtime',
  'core/placements/caller/advice-for-process.ts': 'the command sets no limits.memoryBytes',
  'core/placements/caller/caller-functions.ts': 'the command has no host modules',
  'core/placements/caller/check-child-options.ts': 'the command gives no options of the child',
  'core/placements/caller/code-for-members.ts': 'calls of programs',
  'core/placements/caller/pack-host-modules.ts': 'the command has no host modules',
  'core/placements/caller/watch-usage.ts': 'the command sets no limits.cpuMs',
  'core/placements/pool/check-pool-options.ts': 'the command has no pool',
  'core/placements/pool/member-pool.ts': 'the command has no pool',
  'core/placements/pool/pool-queue.ts': 'the command has no pool',
  'process/client/create-process-client.ts': 'the client of programs',
  'process/client/run-options.ts': 'the client of programs',
  'httpsreq/embedded/refuse-async-hook.ts': 'the command has no hook',
  'httpsreq/embedded/run-hook.ts': 'the command has no hook',
  'wasi-crypto/plugin.ts': 'the command does not set these options',
  'wasi-crypto/client/crypto-failure.ts': 'the client of programs',
  'wasi-nn-ggml/session/generate-options.ts': 'sessions of programs',
  'wasi-nn/choose-provider.ts': "the command's --provider has no auto",
  'wasi-nn/combine-parts.ts': 'the command does not set tensorNumbering',
  'wasi-nn-kserve/models/check-config.ts': "an option in the guest's own configuration",
  'cli/run/load-progress-text.ts': 'a program for a thread',
  'cli/commands/lock.ts': 'the help tells where a program names the file',
};

const named = texts.filter(({ text }) => wordsOfApi.test(inFlags(text)));

it('finds messages and names of options', () => {
  expect(texts.length).toBeGreaterThan(1500);
  expect(camelCase).toEqual(
    expect.arrayContaining(['timeoutMs', 'growthBytes', 'allowHosts', 'maxMessageBytes']),
  );
});

it('names no option of the API in a message that the command prints', () => {
  const told = named.filter(({ file }) => onlyOfPrograms[file] === undefined);
  expect(told.map(({ file, text }) => `${file}: ${inFlags(text)}`)).toEqual([]);
});

it.each(Object.keys(onlyOfPrograms))('still needs the exception for %s', (file) => {
  expect(named.map((entry) => entry.file)).toContain(file);
});

// What a message is completed with at run time: every value has its flag.
it.each([
  ...['off', 'background', 'wait', 'inline'].map((mode) => `aot: '${mode}'`),
  ...['inline', 'worker', 'process'].map((placement) => `placement: '${placement}'`),
])('knows the flag of %s', (option) => {
  expect(inFlags(`Use ${option}.`)).toMatch(/^Use --[a-z]+ [a-z]+\.$/);
});

it('has no words that no message has', () => {
  // Those that are completed at run time, by a value or the path of an option.
  const completed =
    /^(?:aot|placement|engine|provider):? '|^(?:The option|wasi\.|nativePlugins\.|\w+Plugin\(\): )/;
  const unused = Object.keys(flagWords).filter(
    (words) => !completed.test(words) && !texts.some(({ text }) => text.includes(words)),
  );
  expect(unused).toEqual([]);
});
