import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLibrary } from './compile-library.js';

/** What a plug-in for tests has. */
export interface PluginSource {
  readonly name: string;
  readonly module?: string;
  /** Default: that of the headers. */
  readonly apiVersion?: string;
  /** More C, such as a constructor. */
  readonly more?: string;
}

/** A plug-in on WasmEdge's C API with one function, `twice`, and a string, an integer and a toggle as options. */
export function pluginSource({ name, module = name, apiVersion, more = '' }: PluginSource): string {
  return `#include <stddef.h>
  #include <wasmedge/wasmedge.h>
  ${more}
  static WasmEdge_String Text;
  static int32_t Factor = 2;
  static bool Loud;
  static WasmEdge_Result twice(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In, WasmEdge_Value *Out) {
    (void)Data; (void)Frame;
    Out[0] = WasmEdge_ValueGenI32(WasmEdge_ValueGetI32(In[0]) * Factor + (int32_t)Text.Length + (Loud ? 1000 : 0));
    return WasmEdge_Result_Success;
  }
  static WasmEdge_ModuleInstanceContext *create(const WasmEdge_ModuleDescriptor *Descriptor) {
    (void)Descriptor;
    WasmEdge_String Name = WasmEdge_StringWrap("${module}", sizeof("${module}") - 1);
    WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreate(Name);
    const WasmEdge_ValType Int = WasmEdge_ValTypeGenI32();
    WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(&Int, 1, &Int, 1);
    WasmEdge_ModuleInstanceAddFunction(Module, WasmEdge_StringWrap("twice", 5), WasmEdge_FunctionInstanceCreate(Type, twice, NULL, 0));
    WasmEdge_FunctionTypeDelete(Type);
    return Module;
  }
  static WasmEdge_ProgramOption Options[] = {
    {"text", "a text", WasmEdge_ProgramOptionType_String, &Text, &Text},
    {"factor", "a factor", WasmEdge_ProgramOptionType_Int32, &Factor, &Factor},
    {"loud", "whether to add a thousand", WasmEdge_ProgramOptionType_Toggle, &Loud, &Loud},
  };
  static WasmEdge_ModuleDescriptor Modules[] = {{"${module}", "", create}};
  static WasmEdge_PluginDescriptor Descriptor = {
    .Name = "${name}", .Description = "A plug-in for tests", .APIVersion = ${apiVersion ?? 'WasmEdge_Plugin_CurrentAPIVersion'},
    .Version = {1, 2, 3, 4}, .ModuleCount = 1, .ProgramOptionCount = 3, .ModuleDescriptions = Modules, .ProgramOptions = Options,
  };
  const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }\n`;
}

/** Builds a plug-in; returns its path. */
export function compilePlugin(folder: string, fileName: string, source: PluginSource): string {
  return compileLibrary(folder, fileName, pluginSource(source));
}

const fileName = 'libwasmedgePluginWasiCrypto.so';

/** Makes a folder with a WASI-Crypto that does not work, in the way that is named; returns the file at fault. */
export const brokenPlugins = {
  'a library that it needs is missing': (folder: string) => {
    mkdirSync(join(folder, 'needed'));
    const needed = compileLibrary(
      join(folder, 'needed'),
      'libneeded.so.7',
      'int needed(void) { return 1; }',
      ['-Wl,-soname,libneeded.so.7'],
    );
    const more = 'int needed(void); int Used(void) { return needed(); }';
    const path = compileLibrary(folder, fileName, pluginSource({ name: 'wasi_crypto', more }), [needed]);
    rmSync(join(folder, 'needed'), { recursive: true });
    return path;
  },
  'it is built for another processor': (folder: string) => {
    const path = compilePlugin(folder, fileName, { name: 'wasi_crypto' });
    const bytes = readFileSync(path);
    // The field e_machine: 62 is x86-64, 183 is AArch64.
    bytes.writeUInt16LE(process.arch === 'arm64' ? 62 : 183, 18);
    writeFileSync(path, bytes);
    return path;
  },
  'it is built for another version of the API': (folder: string) =>
    compilePlugin(folder, fileName, { name: 'wasi_crypto', apiVersion: '2' }),
  'it is a library, not a plug-in': (folder: string) =>
    compileLibrary(folder, fileName, 'int other(void) { return 0; }'),
  'it is a text': (folder: string) => {
    writeFileSync(join(folder, fileName), 'no plug-in');
    return join(folder, fileName);
  },
  'it is cut off': (folder: string) => {
    const path = compilePlugin(folder, fileName, { name: 'wasi_crypto' });
    writeFileSync(path, readFileSync(path).subarray(0, 2000));
    return path;
  },
  'another file has its name': (folder: string) => {
    const first = compilePlugin(folder, 'libaFirst.so', { name: 'wasi_crypto' });
    copyFileSync(first, join(folder, fileName));
    return join(folder, fileName);
  },
  'another backend of WASI-NN is loaded': (folder: string) => {
    compilePlugin(folder, 'libaFirst.so', { name: 'wasi_nn' });
    return compilePlugin(folder, 'libwasmedgePluginWasiNN.so', { name: 'wasi_nn', more: 'int Other;' });
  },
  'it ends the process': (folder: string) =>
    compilePlugin(folder, fileName, {
      name: 'wasi_crypto',
      more: '#include <stdlib.h>\n__attribute__((constructor)) static void end(void) { abort(); }',
    }),
} as const;
