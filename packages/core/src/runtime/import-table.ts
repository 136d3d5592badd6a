import type { EngineInstance, ImportPlan, ImportProvider } from '../engines/engine.js';
import { ImportMismatchError, MissingImportError } from '../errors/link-errors.js';
import { shownName } from '../errors/printable.js';
import { DuplicateNameError } from '../errors/runtime-errors.js';
import type { HostFunction, HostModule } from '../host-module/host-module.js';
import { exportNamed } from '../module-types/export-named.js';
import type { ModuleReading, ModuleTypes } from '../module-types/module-reading.js';
import type { ExternalType, ModuleImport } from '../module-types/module-types.js';
import type { ImportName } from '../module-types/rewrite-guest.js';
import { type KnownPlugin, knownPluginForModule } from '../register/known-plugins.js';
import { formatSignature, sameSignature } from '../values/signature.js';
import type { MadeHostObjects } from './make-host-objects.js';

// What the name of an import gets behind it that has another form than the name's first.
const otherFormMark = ' (other form)';

/** Everything that guests of one runtime can import, by module name. */
export class ImportTable {
  readonly #hosts = new Map<string, HostModule>();
  readonly #objects = new Map<string, MadeHostObjects>();
  readonly #lazyHosts = new Map<string, () => HostModule>();
  readonly #guests = new Map<string, EngineInstance>();
  readonly #native = new Set<string>();
  readonly #plans = new WeakMap<ModuleReading, { readonly version: number; readonly plan: ImportPlan }>();
  /** Raised whenever guests can import something else. */
  #version = 0;

  /**
   * Adds a host module whose name is free.
   *
   * @param objects its memories, globals, tables and tags, where it has any.
   */
  addHostModule(module: HostModule, objects: MadeHostObjects | undefined): void {
    this.#version++;
    if (objects !== undefined) this.#objects.set(module.name, objects);
    this.#hosts.set(module.name, module);
  }

  /** Adds a host module that is made when a guest first imports it, unless there is one of its name. */
  addLazyHostModule(name: string, make: () => HostModule): void {
    this.#version++;
    this.#lazyHosts.set(name, make);
  }

  addNativeModule(name: string): void {
    this.refuseTaken(name, 'module of a native plug-in');
    this.#version++;
    this.#native.add(name);
  }

  addGuest(name: string, instance: EngineInstance): void {
    this.#version++;
    this.#guests.set(name, instance);
  }

  /** Frees the name, unless a later guest has it by now. */
  removeGuest(name: string, instance: EngineInstance): void {
    if (this.#guests.get(name) === instance) {
      this.#version++;
      this.#guests.delete(name);
    }
  }

  /** Throws when guests can import from this name already. */
  refuseTaken(name: string, what: string): void {
    if (this.#hosts.has(name) || this.#guests.has(name) || this.#native.has(name)) {
      throw new DuplicateNameError(
        `The name "${name}" of a ${what} is already used in this runtime; choose another one, or use a separate runtime.`,
      );
    }
  }

  /**
   * Finds who serves each import of a guest. The same plan again as long as nothing has changed that it tells.
   *
   * @param label what messages call the guest.
   * @throws {MissingImportError} for the first import that nobody provides.
   * @throws {ImportMismatchError} for one that has another type.
   */
  plan(label: string, reading: ModuleReading): ImportPlan {
    const known = this.#plans.get(reading);
    if (known?.version === this.#version) return known.plan;
    const names = this.#otherNames(reading.types.imports);
    const types = names === undefined ? reading.types : withNames(reading.types, names);
    const providers = types.imports.map((entry) => this.#provider(label, entry));
    const plan = { types, names, providers };
    // A plan that lives as long as the table must not keep a guest that is disposed before.
    if (!providers.some(({ kind }) => kind === 'guest')) {
      this.#plans.set(reading, { version: this.#version, plan });
    }
    return plan;
  }

  /**
   * Engines find an import by its name alone, so one of another form than the name's first gets a name of its own.
   */
  #otherNames(imports: readonly ModuleImport[]): ReadonlyMap<number, ImportName> | undefined {
    const names = new Map<number, ImportName>();
    imports.forEach(({ module, name, type }, index) => {
      if (type.kind !== 'function' || type.signature === undefined) return;
      const other = otherForm(this.#host(module), name);
      if (other !== undefined && sameSignature(type.signature, other)) {
        names.set(index, { module, name: name + otherFormMark });
      }
    });
    return names.size === 0 ? undefined : names;
  }

  #provider(label: string, entry: ModuleImport): ImportProvider {
    const provider = this.#find(entry.module, entry.name);
    if (provider === undefined) throw this.#missing(label, entry);
    if (provider.kind === 'host') checkHostFunction(label, entry, provider.function);
    if (provider.kind === 'object')
      checkExport(label, entry, provider.instance, 'the host module of that name has');
    if (provider.kind === 'guest')
      checkExport(label, entry, provider.instance, 'the guest of that name exports');
    return provider;
  }

  #find(module: string, name: string): ImportProvider | undefined {
    const host = this.#host(module);
    if (host !== undefined) {
      const found =
        ownFunction(host.functions, name) ??
        (name.endsWith(otherFormMark) ? otherForm(host, name.slice(0, -otherFormMark.length)) : undefined);
      if (found !== undefined) return { kind: 'host', function: found };
      const instance = this.#objects.get(module)?.get(name);
      return instance && { kind: 'object', instance };
    }
    const instance = this.#guests.get(module);
    if (instance !== undefined) {
      return exportNamed(instance.types, name) !== undefined ? { kind: 'guest', instance } : undefined;
    }
    return this.#native.has(module) ? { kind: 'native' } : undefined;
  }

  #host(name: string): HostModule | undefined {
    const make = this.#lazyHosts.get(name);
    if (make !== undefined && !this.#hosts.has(name)) {
      this.#hosts.set(name, make());
    }
    return this.#hosts.get(name);
  }

  #missing(label: string, { module, name, type }: ModuleImport): MissingImportError {
    const known = knownPluginForModule(module);
    const moduleIsThere = this.#host(module) !== undefined || this.#guests.has(module);
    const advice = moduleIsThere
      ? `The module "${shownName(module)}" exists, but lacks this ${type.kind}${type.kind === 'function' ? '' : `, which a host module has by ${makers[type.kind]}`}; the guest may be built for another version of it.`
      : known === undefined
        ? `Pass a host module "${shownName(module)}" with this ${type.kind}, made by ${makers[type.kind]}, to createRuntime, or instantiate a guest under that name first.`
        : `It belongs to the ${known.title} plug-in: install ${packagesOf(known)} and pass it to createRuntime({ plugins }).`;
    return new MissingImportError(
      `The guest ${label} imports the ${type.kind} ${shownImport(module, name)}, which nothing provides. ${advice}`,
      {
        module,
        field: name,
        packageNames: known?.packageNames,
      },
    );
  }
}

/** What to install: of several packages, which one is a matter of the guest's models. */
function packagesOf({ packageNames }: KnownPlugin): string {
  const [only, ...others] = packageNames;
  return others.length === 0
    ? `${only}`
    : `the package for the format of its models (${packageNames.join(' or ')})`;
}

const makers = {
  function: 'hostFunction()',
  memory: 'hostMemory()',
  table: 'hostTable()',
  global: 'hostGlobal()',
  tag: 'hostTag()',
} as const satisfies Record<ExternalType['kind'], string>;

function withNames(types: ModuleTypes, names: ReadonlyMap<number, ImportName>): ModuleTypes {
  const imports = types.imports.map((entry, index) => ({ ...entry, ...names.get(index) }));
  return { ...types, imports };
}

function shownImport(module: string, name: string): string {
  return `"${shownName(module)}"."${shownName(name)}"`;
}

function ownFunction(functions: HostModule['functions'] | undefined, name: string): HostFunction | undefined {
  return functions !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
}

function otherForm(module: HostModule | undefined, name: string): HostFunction | undefined {
  return ownFunction(module?.otherForms, name);
}

function checkHostFunction(label: string, { module, name, type }: ModuleImport, target: HostFunction): void {
  if (type.kind !== 'function') {
    throw new ImportMismatchError(
      `The guest ${label} imports ${shownImport(module, name)} as a ${type.kind}, but the host provides a function.`,
    );
  }
  if (type.signature === undefined || !sameSignature(type.signature, target)) {
    const wanted =
      type.signature === undefined ? 'a type that hosts cannot provide' : formatSignature(type.signature);
    throw new ImportMismatchError(
      `The guest ${label} imports ${shownImport(module, name)} as ${wanted}, but the host provides ${formatSignature(target)}; the guest may be built for another version of the plug-in.`,
    );
  }
}

/** Sizes are left to the engine, which knows how far a memory or table has grown. */
function checkExport(
  label: string,
  { module, name, type }: ModuleImport,
  target: EngineInstance,
  who: string,
): void {
  const found = exportNamed(target.types, name);
  if (found !== undefined && !mayFit(type, found)) {
    throw new ImportMismatchError(
      `The guest ${label} imports ${shownImport(module, name)} as ${describeType(type)}, but ${who} ${describeType(found)}; build both for the same interface.`,
    );
  }
}

/** Whether an export can be what an import asks for; where the types have no name here, the engine tells. */
function mayFit(wanted: ExternalType, found: ExternalType): boolean {
  if (wanted.kind === 'function' && found.kind === 'function') {
    // A function may be of a type that was derived from the wanted one, with more special results.
    if (wanted.signature === undefined || found.signature === undefined) return true;
    return sameSignature(wanted.signature, found.signature);
  }
  if (wanted.kind === 'global' && found.kind === 'global') {
    // What cannot be set may be of a more special type, as a reference that is never null.
    const isSpecial = !wanted.mutable && found.type === undefined;
    return wanted.mutable === found.mutable && (wanted.type === found.type || isSpecial);
  }
  return wanted.kind === 'table' && found.kind === 'table'
    ? wanted.type === found.type
    : wanted.kind === found.kind;
}

function describeType(type: ExternalType): string {
  switch (type.kind) {
    case 'function':
      return `a function ${type.signature === undefined ? 'of another type' : formatSignature(type.signature)}`;
    case 'global':
      return `${type.mutable ? 'a mutable' : 'an immutable'} global (${type.type ?? type.otherType ?? 'another type'})`;
    case 'table':
      return `a table (${type.type ?? type.otherType ?? 'another type'})`;
    default:
      return `a ${type.kind}`;
  }
}
