import type {
  PluginDescription,
  PluginFunctionDescription,
  PluginOptionDescription,
} from '../../plugin-description/plugin-description.js';
import { functionSignature } from '../function-signature.js';
import type { Library } from '../library.js';
import { listStrings, readString } from '../list-strings.js';
import { nativeFields } from '../native-bytes.js';
import type { Pointer } from '../native-functions.js';
import { type DeclaredOption, declaredOptions } from './loaded-descriptor.js';
import type { LoadedPlugin } from './loaded-plugins.js';
import type { PluginModule } from './plugin-modules.js';

/** Describes a loaded plug-in by its descriptor and by instances of its modules. */
export function describeNativePlugin(
  library: Library,
  { path, descriptor }: LoadedPlugin,
  modules: readonly PluginModule[],
): PluginDescription {
  const { name, description, version, apiVersion, kind } = descriptor;
  return {
    name,
    description,
    version,
    apiVersion,
    descriptor: kind,
    path,
    modules: modules.map((module) => ({
      name: module.name,
      descriptorName: module.descriptorName,
      functions: describeFunctions(library, module.instance),
    })),
    options: declaredOptions(descriptor)?.map(describeOption),
  };
}

function describeFunctions(library: Library, instance: Pointer): readonly PluginFunctionDescription[] {
  const { c, strings } = library;
  const names = listStrings(c.ModuleInstanceListFunctionLength(instance), (address, count) =>
    c.ModuleInstanceListFunction(instance, address, count),
  );
  return names.toSorted().map((name) => {
    const pointer = Number(c.ModuleInstanceFindFunction(instance, strings.pass(name)));
    const signature = functionSignature(library, pointer);
    return { name, params: signature?.params, results: signature?.results };
  });
}

function describeOption(option: DeclaredOption): PluginOptionDescription {
  const { name, description, type } = option;
  return { name, description, type, default: option.defaultValue === 0 ? undefined : defaultOf(option) };
}

function defaultOf({ type, defaultValue }: DeclaredOption): PluginOptionDescription['default'] {
  const bytes = (size: number) => nativeFields(defaultValue, size);
  switch (type) {
    case 'toggle':
      return bytes(1).getUint8(0) !== 0;
    case 'i8':
      return bytes(1).getInt8(0);
    case 'i16':
      return bytes(2).getInt16(0, true);
    case 'i32':
      return bytes(4).getInt32(0, true);
    case 'i64':
      return bytes(8).getBigInt64(0, true);
    case 'u8':
      return bytes(1).getUint8(0);
    case 'u16':
      return bytes(2).getUint16(0, true);
    case 'u32':
      return bytes(4).getUint32(0, true);
    case 'u64':
      return bytes(8).getBigUint64(0, true);
    case 'f32':
      return bytes(4).getFloat32(0, true);
    case 'f64':
      return bytes(8).getFloat64(0, true);
    case 'string': {
      const text = bytes(16);
      return readString(text.getUint32(0, true), Number(text.getBigUint64(8, true)));
    }
    default:
      return undefined;
  }
}
