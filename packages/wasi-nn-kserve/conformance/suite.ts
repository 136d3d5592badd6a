import type { ConformanceSuite } from '@wasmedge-plugins/conformance';
import {
  type AbiModel,
  type AbiOptions,
  abiCases,
  backendSuite,
  type SuiteRequirement,
} from '@wasmedge-plugins/wasi-nn/conformance';
import { kserve } from '../src/plugin.js';
import type { KServeModel } from '../src/source.js';
import { remoteCases } from './cases/remote.js';
import type { ServedModelName } from './servers/served-models.js';

/** What a case asks for besides the options of the suite of the guest ABI. */
interface KServeCaseOptions extends AbiOptions {
  /** Models of the test servers, by the names that guests give. */
  readonly served?: Readonly<Record<string, ServedModelName>>;
}

/** Nothing loads bytes; guests that try get an error. */
const model: AbiModel = {
  encoding: 4,
  parts: () => [new TextEncoder().encode('not a model')],
  names: Array.from({ length: 20 }, (_, index) => `sum-${index}`),
};

/**
 * What models on inference servers behind WASI-NN must do, on any engine, with a server that has the models of `served-models.ts`.
 *
 * @param title what a person calls the server and the protocol.
 * @param address such as `grpc://127.0.0.1:8001`
 * @param extent `remote`: only what depends on the server, since checks of a guest's calls do not. Default: `all`.
 */
export function suiteFor(title: string, address: string, extent: 'all' | 'remote' = 'all'): ConformanceSuite {
  const suite = wholeSuite(title, address, undefined);
  if (extent === 'all') return suite;
  const common = new Set(abiCases(model).map(({ name }) => name));
  return { ...suite, cases: suite.cases.filter(({ name }) => !common.has(name)) };
}

function wholeSuite(title: string, address: string, needs: SuiteRequirement | undefined): ConformanceSuite {
  const served = (name: ServedModelName): KServeModel => ({
    servers: [address],
    model: name,
    readyTimeoutMs: 30_000,
  });
  return backendSuite<KServeCaseOptions>({
    title: `WASI-NN on ${title}`,
    packageName: '@wasmedge-plugins/wasi-nn-kserve',
    from: import.meta.url,
    needs,
    model,
    echoModels: (types) => ({
      served: Object.fromEntries(types.map((type) => [type, `echo-${type}` as const])),
    }),
    cases: remoteCases(model),
    createPlugin(_, { named = [], broken = [], served: others = {} }) {
      return kserve({
        models: Object.fromEntries([
          ...[...(model.names ?? []), ...named].map((name) => [name, served('add')]),
          ...broken.map((name) => [name, { ...served('add'), inputs: [{ name: 'not an input' }] }]),
          ...Object.entries(others).map(([name, other]) => [name, served(other)]),
        ]),
      });
    },
  });
}

/** The variable that names a server for the command. */
const variable = 'WASMEDGE_PLUGINS_KSERVE';
const { [variable]: named } = process.env;

/** The suite with a server that a variable names, for `wasmedge-plugins conformance`. */
export const suite: ConformanceSuite = wholeSuite('an inference server', named ?? 'grpc://127.0.0.1:8001', {
  name: 'kserve',
  problem: () =>
    named
      ? undefined
      : `${variable} names no server that has the models of the suite, such as grpc://127.0.0.1:8001`,
});
