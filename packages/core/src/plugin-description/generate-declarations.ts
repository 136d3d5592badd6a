import { commentText, keyText, resultText, valueTypeText } from '../guest-types/source-text.js';
import type {
  PluginDescription,
  PluginFunctionDescription,
  PluginModuleDescription,
  PluginOptionDescription,
  PluginOptionType,
} from './plugin-description.js';

const typeOf: Readonly<Record<PluginOptionType, string>> = {
  none: 'never',
  toggle: 'boolean',
  i8: 'number',
  i16: 'number',
  i32: 'number',
  i64: 'number | bigint',
  u8: 'number',
  u16: 'number',
  u32: 'number',
  u64: 'number | bigint',
  f32: 'number',
  f64: 'number',
  string: 'string | readonly string[]',
};

/**
 * TypeScript declarations for a native plug-in: an interface for the functions of each of its modules, for `nativeFunctions`, and one for
 * its options, for `nativePlugin`.
 */
export function generateDeclarations(description: PluginDescription): string {
  const taken = new Set<string>();
  const modules = description.modules.map((module) => ({
    module,
    interfaceName: unique(`${pascalCase(module.name)}Functions`, taken),
  }));
  const optionsName = unique(`${pascalCase(description.name)}Options`, taken);
  const modulesName = unique(`${pascalCase(description.name)}Modules`, taken);
  return `${[
    commentText([
      `Native plug-in ${description.name} ${description.version}, plug-in API ${description.apiVersion}.`,
      description.description,
    ]),
    ...modules.map(({ module, interfaceName }) => moduleInterface(module, interfaceName)),
    `/** The functions of each module, by the name that guests import from. */\nexport interface ${modulesName} {\n${modules
      .map(({ module, interfaceName }) => `  readonly ${keyText(module.name)}: ${interfaceName};\n`)
      .join('')}}`,
    ...(description.options === undefined ? [] : [optionsInterface(description.options, optionsName)]),
  ].join('\n\n')}\n`;
}

function moduleInterface(module: PluginModuleDescription, interfaceName: string): string {
  const members = module.functions
    .filter(({ params }) => params !== undefined)
    .map((entry) => `  /** \`${signatureText(entry)}\` */\n  ${member(entry)}\n`);
  return `${commentText([`Functions of the module ${module.name}.`])}\nexport interface ${interfaceName} {\n${members.join('')}}`;
}

function member({ name, params = [], results = [] }: PluginFunctionDescription): string {
  const parameters = params.map((type, index) => `p${index}: ${valueTypeText(type)}`);
  return `readonly ${keyText(name)}: (${parameters.join(', ')}) => ${resultText(results)};`;
}

function signatureText({ params = [], results = [] }: PluginFunctionDescription): string {
  return `(${params.join(', ')}) -> (${results.join(', ')})`;
}

function optionsInterface(options: readonly PluginOptionDescription[], name: string): string {
  const members = options.map(
    (option) =>
      `${commentText([option.description, `Type ${option.type}.${defaultText(option)}`], '  ')}\n  readonly ${keyText(option.name)}?: ${typeOf[option.type]};\n`,
  );
  // A type and not an interface, so that it can be given where any record of options is taken.
  return `/** Its options. */\nexport type ${name} = {\n${members.join('')}};`;
}

function defaultText({ default: value }: PluginOptionDescription): string {
  if (value === undefined) {
    return '';
  }
  return ` Default: ${typeof value === 'string' ? JSON.stringify(value) : String(value)}.`;
}

function pascalCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Plugin${joined}`;
}

function unique(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) {
    candidate = `${name}${number}`;
  }
  taken.add(candidate);
  return candidate;
}
