// A plug-in on WasmEdge's C API: one option of every type, and functions that tell what was stored.
// PLUGIN_NAME, MODULE_NAME and API_VERSION are given by the test; WITH_FAULTS adds a function that ends the process. PLUGIN_ENTRY is the name of the function that WasmEdge asks for;
// REFUSE_MODULE makes a plug-in that cannot make its module.

#include <stdio.h>
#include <wasmedge/wasmedge.h>

static bool Toggle;
static int8_t I8;
static int16_t I16;
static int32_t I32;
static int64_t I64;
static uint8_t U8;
static uint16_t U16;
static uint32_t U32;
static uint64_t U64;
static float F32;
static double F64;
static WasmEdge_String Text;

// Neighbours that a write of the wrong size would reach are told too: each storage is read in its own type only.
static WasmEdge_Result number(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                              WasmEdge_Value *Out) {
  (void)Data;
  (void)Frame;
  const double Values[] = {Toggle, I8, I16, I32, (double)I64, U8, U16, U32, (double)U64, F32, F64, Text.Length};
  Out[0] = WasmEdge_ValueGenF64(Values[WasmEdge_ValueGetI32(In[0])]);
  return WasmEdge_Result_Success;
}

static WasmEdge_Result wide(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                            WasmEdge_Value *Out) {
  (void)Data;
  (void)Frame;
  Out[0] = WasmEdge_ValueGenI64(WasmEdge_ValueGetI32(In[0]) == 0 ? I64 : (int64_t)U64);
  return WasmEdge_Result_Success;
}

static WasmEdge_Result character(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                                 WasmEdge_Value *Out) {
  (void)Data;
  (void)Frame;
  const uint32_t Index = (uint32_t)WasmEdge_ValueGetI32(In[0]);
  Out[0] = WasmEdge_ValueGenI32(Index < Text.Length ? (uint8_t)Text.Buf[Index] : -1);
  return WasmEdge_Result_Success;
}

static WasmEdge_Result fail(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                            WasmEdge_Value *Out) {
  (void)Data;
  (void)Frame;
  (void)In;
  (void)Out;
  return WasmEdge_Result_Fail;
}

// Of Node's own OpenSSL, which the process shows to what it loads.
extern void ERR_new(void) __attribute__((weak));
extern void ERR_set_error(int Library, int Reason, const char *Format, ...) __attribute__((weak));

// What a library leaves behind that does not look after its errors; tells whether there was an OpenSSL to leave it in.
static WasmEdge_Result leaveOpenSslError(void *Data, const WasmEdge_CallingFrameContext *Frame,
                                         const WasmEdge_Value *In, WasmEdge_Value *Out) {
  (void)Data;
  (void)Frame;
  (void)In;
  const bool Found = ERR_new != NULL && ERR_set_error != NULL;
  if (Found) {
    ERR_new();
    ERR_set_error(6, 234, NULL);
  }
  Out[0] = WasmEdge_ValueGenI32(Found);
  return WasmEdge_Result_Success;
}

#ifdef WITH_FAULTS
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static volatile int Depth;

static int endless(volatile char *Before) {
  volatile char Frame[4096];
  Frame[0] = *Before;
  return endless(Frame) + ++Depth;
}

// What a defective plug-in does, by number.
static WasmEdge_Result fault(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                             WasmEdge_Value *Out) {
  (void)Data;
  (void)Frame;
  (void)Out;
  volatile char Start = 0;
  switch (WasmEdge_ValueGetI32(In[0])) {
  case 0: *(volatile int *)8 = 1; break;
  case 1: abort();
  case 2: raise(SIGFPE); break;
  case 3: exit(5);
  case 4: _exit(6);
  case 5: endless(&Start); break;
  case 6: for (;;) pause();
  default: break;
  }
  return WasmEdge_Result_Success;
}
#endif

static void add(WasmEdge_ModuleInstanceContext *Module, const char *Name, WasmEdge_HostFunc_t Call,
                const WasmEdge_ValType *Params, uint32_t ParamCount, const WasmEdge_ValType *Results,
                uint32_t ResultCount) {
  WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(Params, ParamCount, Results, ResultCount);
  WasmEdge_String Field = WasmEdge_StringCreateByCString(Name);
  WasmEdge_ModuleInstanceAddFunction(Module, Field, WasmEdge_FunctionInstanceCreate(Type, Call, NULL, 0));
  WasmEdge_StringDelete(Field);
  WasmEdge_FunctionTypeDelete(Type);
}

static WasmEdge_ModuleInstanceContext *create(const WasmEdge_ModuleDescriptor *Descriptor) {
  (void)Descriptor;
#ifdef REFUSE_MODULE
  return NULL;
#endif
  WasmEdge_String Name = WasmEdge_StringCreateByCString(MODULE_NAME);
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreate(Name);
  WasmEdge_StringDelete(Name);
  const WasmEdge_ValType Int = WasmEdge_ValTypeGenI32();
  const WasmEdge_ValType Long = WasmEdge_ValTypeGenI64();
  const WasmEdge_ValType Double = WasmEdge_ValTypeGenF64();
  add(Module, "number", number, &Int, 1, &Double, 1);
  add(Module, "wide", wide, &Int, 1, &Long, 1);
  add(Module, "character", character, &Int, 1, &Int, 1);
  add(Module, "fail", fail, NULL, 0, NULL, 0);
#ifdef WITH_FAULTS
  add(Module, "fault", fault, &Int, 1, NULL, 0);
#endif
  add(Module, "leave_openssl_error", leaveOpenSslError, NULL, 0, &Int, 1);
  return Module;
}

static const bool False = false;
static WasmEdge_ProgramOption Options[] = {
    {"toggle", "", WasmEdge_ProgramOptionType_Toggle, &Toggle, &False},
    {"i8", "", WasmEdge_ProgramOptionType_Int8, &I8, &I8},
    {"i16", "", WasmEdge_ProgramOptionType_Int16, &I16, &I16},
    {"i32", "", WasmEdge_ProgramOptionType_Int32, &I32, &I32},
    {"i64", "", WasmEdge_ProgramOptionType_Int64, &I64, &I64},
    {"u8", "", WasmEdge_ProgramOptionType_UInt8, &U8, &U8},
    {"u16", "", WasmEdge_ProgramOptionType_UInt16, &U16, &U16},
    {"u32", "", WasmEdge_ProgramOptionType_UInt32, &U32, &U32},
    {"u64", "", WasmEdge_ProgramOptionType_UInt64, &U64, &U64},
    {"f32", "", WasmEdge_ProgramOptionType_Float, &F32, &F32},
    {"f64", "", WasmEdge_ProgramOptionType_Double, &F64, &F64},
    {"text", "", WasmEdge_ProgramOptionType_String, &Text, &Text},
};

static WasmEdge_ModuleDescriptor Modules[] = {{"descriptor of " MODULE_NAME, "", create}};

static WasmEdge_PluginDescriptor Descriptor = {
    .Name = PLUGIN_NAME,
    .Description = "A plug-in for tests",
    .APIVersion = API_VERSION,
    .Version = {1, 2, 3, 4},
    .ModuleCount = 1,
    .ProgramOptionCount = sizeof(Options) / sizeof(Options[0]),
    .ModuleDescriptions = Modules,
    .ProgramOptions = Options,
};

#ifndef PLUGIN_ENTRY
#define PLUGIN_ENTRY WasmEdge_Plugin_GetDescriptor
#endif

WASMEDGE_CAPI_PLUGIN_EXPORT const WasmEdge_PluginDescriptor *PLUGIN_ENTRY(void);
const WasmEdge_PluginDescriptor *PLUGIN_ENTRY(void) { return &Descriptor; }
