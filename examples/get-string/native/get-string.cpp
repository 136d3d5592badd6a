#include "plugin.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace {

// Where WasmEdge keeps the values of the options. Set before an instance of the module is made.
WasmEdge_String Text;
const WasmEdge_String DefaultText{5, "hello"};
bool Upper;
const bool DefaultUpper = false;

std::string text() {
  std::string Result(Text.Buf, Text.Length);
  if (Upper) {
    std::transform(Result.begin(), Result.end(), Result.begin(),
                   [](char Byte) { return Byte >= 'a' && Byte <= 'z' ? static_cast<char>(Byte - 32) : Byte; });
  }
  return Result;
}

// get_string(buffer, length, written)
void getString(const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In, WasmEdge_Value *) {
  const auto Number = [In](int Index) { return static_cast<std::uint32_t>(WasmEdge_ValueGetI32(In[Index])); };
  const plugin::GuestMemory Memory(Frame);
  // Both ranges are checked before anything is written.
  const plugin::Range Buffer = Memory.range(Number(0), Number(1));
  const plugin::Range Written = Memory.range(Number(2), 4);
  const std::string Result = text();
  const auto Count = static_cast<std::uint32_t>(std::min<std::size_t>(Result.size(), Buffer.Length));
  std::memcpy(Buffer.Begin, Result.data(), Count);
  std::memcpy(Written.Begin, &Count, sizeof(Count));
}

WasmEdge_ModuleInstanceContext *createModule(const WasmEdge_ModuleDescriptor *) noexcept {
  try {
    plugin::ModuleInstance Module(WasmEdge_ModuleInstanceCreate(plugin::Name("module_wasm_name")));
    const WasmEdge_ValType Number = WasmEdge_ValTypeGenI32();
    plugin::addFunction(Module, "get_string", plugin::guarded<getString>, {Number, Number, Number}, {});
    return Module.release();
  } catch (...) {
    return nullptr;
  }
}

WasmEdge_ProgramOption Options[] = {
    {"string", "the text that guests get", WasmEdge_ProgramOptionType_String, &Text, &DefaultText},
    {"upper", "letters a to z become capitals", WasmEdge_ProgramOptionType_Toggle, &Upper, &DefaultUpper},
};

WasmEdge_ModuleDescriptor Modules[] = {
    {"module_name", "gives guests a text of the host's", createModule},
};

WasmEdge_PluginDescriptor Descriptor = {
    "plugin_name", "gives guests a text of the host's", WasmEdge_Plugin_CurrentAPIVersion, {0, 13, 5, 0}, 1, 2, Modules, Options,
};

} // namespace

// The symbol that WasmEdge looks for in a plug-in on its C API. (A C++ name would be mangled.)
extern "C" const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }
