import type { ConformanceCase, ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Plugin } from '@wasmedge-plugins/core';
import { abiCases } from './abi-cases.js';
import type { AbiModel, AbiOptions } from './abi-model.js';
import { type CrateType, echoCases } from './cases/crates.js';
import { guestFile } from './guest-file.js';
import { nativeProbe } from './native-probe.js';
import { withDifferences } from './with-differences.js';

/** A library that the embedded backend needs. */
export interface SuiteRequirement {
  /** What `CI_REQUIRE` calls it: `openvino`. */
  readonly name: string;
  /** Why it cannot be used; `undefined` when it can. */
  problem(): string | undefined;
}

/** What a backend's own suite is made of. */
export interface BackendSuiteParts<Options extends AbiOptions> {
  /** What a report calls it: `WASI-NN on OpenVINO`. */
  readonly title: string;
  /** The npm package, which exports the suite as `suite` from its subpath `/conformance`. */
  readonly packageName: string;
  /** `import.meta.url` of a module in that package. */
  readonly from: string;
  /** The model of the cases that every backend has. */
  readonly model: AbiModel;
  /** Options with models that give back their input of shape [4], each under the name of its type. */
  echoModels(types: readonly CrateType[]): Options;
  /** The backend's own cases. */
  readonly cases: readonly ConformanceCase[];
  /** Names of the common cases that cannot hold for the backend. Default: all hold. */
  readonly leftOut?: readonly string[] | undefined;
  /** What WasmEdge's plug-in does instead with this backend, by the name of the case. Default: what stands at the cases. */
  readonly differences?: Readonly<Record<string, string>> | undefined;
  /** Without it, the cases of the embedded provider are ignored with the reason. Default: nothing is needed. */
  readonly needs?: SuiteRequirement | undefined;
  /**
   * Makes the plug-in that a case asks for.
   *
   * @throws anything: the case has failed.
   */
  createPlugin(provider: Omit<ProviderSetup, 'options'>, options: Partial<Options>): Plugin;
}

/**
 * The suite of a backend: what all of them must do with the functions that guests import, tensors of every type, and the backend's own cases.
 *
 * @throws {Error} when `differences` names a case that does not exist.
 */
export function backendSuite<Options extends AbiOptions>(
  parts: BackendSuiteParts<Options>,
): ConformanceSuite {
  const { title, packageName, from, model, cases, leftOut = [], differences = {}, needs } = parts;
  const common = abiCases(model).filter(({ name }) => !leftOut.includes(name));
  const echoed = echoCases(['f16', 'f32', 'f64', 'u8', 'i32', 'i64'], (types) => parts.echoModels(types));
  return {
    plugin: 'wasi_nn',
    title,
    module: `${packageName}/conformance`,
    from,
    guests: new URL('./', guestFile('raw-calls')),
    cases: withDifferences([...common, ...echoed, ...cases], differences).map((each) =>
      needs === undefined ? each : needing(needs, each),
    ),
    nativeProbe: nativeProbe(model),
    createPlugin: ({ options, ...provider }) =>
      parts.createPlugin(provider, (options ?? {}) as Partial<Options>),
  };
}

/** A case that is ignored, with the reason, on the embedded provider where that lacks what it needs. */
export function needing({ name, problem }: SuiteRequirement, each: ConformanceCase): ConformanceCase {
  return {
    ...each,
    run(context) {
      const reason = context.provider === 'embedded' ? problem() : undefined;
      if (reason !== undefined) context.ignore(reason, name);
      return each.run(context);
    },
  };
}
