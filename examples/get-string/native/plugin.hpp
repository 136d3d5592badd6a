// The parts of WasmEdge's C API that a plug-in needs, with owners that clean up, and a border that no exception crosses.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>
#include <wasmedge/wasmedge.h>

namespace plugin {

/// Owns an object of the C API.
template <typename Object, void (*Delete)(Object *)> struct Deleter {
  void operator()(Object *Value) const noexcept { Delete(Value); }
};
template <typename Object, void (*Delete)(Object *)> using Owner = std::unique_ptr<Object, Deleter<Object, Delete>>;

using FunctionType = Owner<WasmEdge_FunctionTypeContext, WasmEdge_FunctionTypeDelete>;
using FunctionInstance = Owner<WasmEdge_FunctionInstanceContext, WasmEdge_FunctionInstanceDelete>;
using ModuleInstance = Owner<WasmEdge_ModuleInstanceContext, WasmEdge_ModuleInstanceDelete>;

/// A name that lives as long as this object.
class Name {
public:
  explicit Name(const char *Text) : Value(WasmEdge_StringCreateByCString(Text)) {}
  ~Name() { WasmEdge_StringDelete(Value); }
  Name(const Name &) = delete;
  Name &operator=(const Name &) = delete;
  operator WasmEdge_String() const { return Value; }

private:
  WasmEdge_String Value;
};

/// A range of guest memory, checked when it is made.
struct Range {
  std::uint8_t *Begin;
  std::uint32_t Length;
};

/// The memory of the guest that is calling.
class GuestMemory {
public:
  /// Throws when the guest has no memory.
  explicit GuestMemory(const WasmEdge_CallingFrameContext *Frame)
      : Memory(WasmEdge_CallingFrameGetMemoryInstance(Frame, 0)) {
    if (Memory == nullptr) {
      throw std::runtime_error("the guest has no memory");
    }
  }

  /// Throws when a part of the range lies outside. An empty range at the very end does not.
  Range range(std::uint32_t Offset, std::uint32_t Length) const {
    const std::uint64_t Size = static_cast<std::uint64_t>(WasmEdge_MemoryInstanceGetPageSize(Memory)) * 65536;
    if (static_cast<std::uint64_t>(Offset) + Length > Size) {
      throw std::out_of_range("the range reaches outside the guest's memory");
    }
    const auto Whole = static_cast<std::uint32_t>(Size > UINT32_MAX ? UINT32_MAX : Size);
    return {WasmEdge_MemoryInstanceGetPointer(Memory, 0, Whole) + Offset, Length};
  }

private:
  WasmEdge_MemoryInstanceContext *Memory;
};

/// A host function whose exceptions stop the guest instead of crossing C code, where they would end the process.
template <void (*Call)(const WasmEdge_CallingFrameContext *, const WasmEdge_Value *, WasmEdge_Value *)>
WasmEdge_Result guarded(void *, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                        WasmEdge_Value *Out) noexcept {
  try {
    Call(Frame, In, Out);
    return WasmEdge_Result_Success;
  } catch (...) {
    return WasmEdge_Result_Fail;
  }
}

/// Adds a function to a module, which takes it over.
inline void addFunction(const ModuleInstance &Module, const char *FunctionName, WasmEdge_HostFunc_t Call,
                        const std::vector<WasmEdge_ValType> &Params, const std::vector<WasmEdge_ValType> &Results) {
  const FunctionType Type(WasmEdge_FunctionTypeCreate(Params.data(), static_cast<std::uint32_t>(Params.size()),
                                                      Results.data(), static_cast<std::uint32_t>(Results.size())));
  FunctionInstance Function(WasmEdge_FunctionInstanceCreate(Type.get(), Call, nullptr, 0));
  WasmEdge_ModuleInstanceAddFunction(Module.get(), Name(FunctionName), Function.release());
}

} // namespace plugin
