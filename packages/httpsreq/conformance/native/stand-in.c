// A stand-in for the WasmEdge HttpsReq plug-in: the same plug-in name, module, functions and signatures, on the C API of plug-ins and
// OpenSSL. The released plug-in, last seen in WasmEdge 0.12.1, is written in C++ and loads in no version that is supported here; this one
// lets a plug-in of its kind be loaded and called. It answers as the released one does: IPv4 only, no check of certificates, no time-outs
// and no limits, and it reads until the peer closes, whatever the response says; a failed read is an end. It leaves out what would read
// or write outside of the guest's memory: the server name ends with the host, and ranges are checked.

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wasmedge/wasmedge.h>

enum { HostFuncErrorCode = 0x40e, ChunkSize = 16384, LongestHost = 255 };

typedef struct Response {
  char *Data;
  size_t Length;
} Response;

static WasmEdge_Result trap(void) { return WasmEdge_ResultGen(WasmEdge_ErrCategory_WASM, HostFuncErrorCode); }

// A socket that is connected to the first address that answers, or -1.
static int connectTo(const char *Host, uint32_t Port) {
  char Service[16];
  snprintf(Service, sizeof Service, "%u", Port);
  struct addrinfo Hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  struct addrinfo *Addresses = NULL;
  // Not every system finds localhost in its files (RFC 6761, section 6.3).
  const char *Name = strcmp(Host, "localhost") == 0 ? "127.0.0.1" : Host;
  if (getaddrinfo(Name, Service, &Hints, &Addresses) != 0) {
    return -1;
  }
  int Socket = -1;
  for (struct addrinfo *Next = Addresses; Next != NULL && Socket < 0; Next = Next->ai_next) {
    Socket = socket(Next->ai_family, Next->ai_socktype, Next->ai_protocol);
    if (Socket >= 0 && connect(Socket, Next->ai_addr, Next->ai_addrlen) != 0) {
      close(Socket);
      Socket = -1;
    }
  }
  freeaddrinfo(Addresses);
  return Socket;
}

static bool append(Response *To, const char *From, size_t Length) {
  char *Data = realloc(To->Data, To->Length + Length);
  if (Data == NULL) {
    return false;
  }
  memcpy(Data + To->Length, From, Length);
  To->Data = Data;
  To->Length += Length;
  return true;
}

static bool talk(SSL *Tls, const uint8_t *Request, uint32_t Length, Response *Received) {
  if (SSL_connect(Tls) != 1) {
    return false;
  }
  if (Length > 0) {
    SSL_write(Tls, Request, (int)Length);
  }
  char Chunk[ChunkSize];
  int Count;
  while ((Count = SSL_read(Tls, Chunk, sizeof Chunk)) > 0) {
    if (!append(Received, Chunk, (size_t)Count)) {
      return false;
    }
  }
  return true;
}

static bool ask(const char *Host, uint32_t Port, const uint8_t *Request, uint32_t Length, Response *Received) {
  int Socket = connectTo(Host, Port);
  if (Socket < 0) {
    return false;
  }
  SSL_CTX *Context = SSL_CTX_new(TLS_client_method());
  SSL *Tls = Context == NULL ? NULL : SSL_new(Context);
  bool Done = Tls != NULL && SSL_set_fd(Tls, Socket) == 1 && SSL_set_tlsext_host_name(Tls, Host) == 1 &&
              talk(Tls, Request, Length, Received);
  ERR_clear_error();
  SSL_free(Tls);
  SSL_CTX_free(Context);
  close(Socket);
  return Done;
}

// ---- what guests import

typedef const WasmEdge_CallingFrameContext *Frame;

// The bytes of a range; null when it is not all in the memory, or there is none.
static uint8_t *range(Frame F, uint32_t Offset, size_t Length) {
  WasmEdge_MemoryInstanceContext *Memory = WasmEdge_CallingFrameGetMemoryInstance(F, 0);
  if (Memory == NULL) {
    return NULL;
  }
  uint64_t Size = (uint64_t)WasmEdge_MemoryInstanceGetPageSize(Memory) * 65536;
  static uint8_t Nothing;
  if (Offset + (uint64_t)Length > Size) {
    return NULL;
  }
  return Length == 0 ? &Nothing : WasmEdge_MemoryInstanceGetPointer(Memory, Offset, (uint32_t)Length);
}

static uint32_t number(const WasmEdge_Value *Params, int Index) { return (uint32_t)WasmEdge_ValueGetI32(Params[Index]); }

static WasmEdge_Result sendData(void *Data, Frame F, const WasmEdge_Value *Params, WasmEdge_Value *Returns) {
  (void)Returns;
  uint32_t HostLength = number(Params, 1);
  uint32_t RequestLength = number(Params, 4);
  const uint8_t *HostBytes = range(F, number(Params, 0), HostLength);
  const uint8_t *Request = range(F, number(Params, 3), RequestLength);
  if (HostBytes == NULL || Request == NULL || HostLength > LongestHost) {
    return trap();
  }
  char Host[LongestHost + 1] = {0};
  memcpy(Host, HostBytes, HostLength);
  Response Received = {NULL, 0};
  if (!ask(Host, number(Params, 2), Request, RequestLength, &Received)) {
    free(Received.Data);
    return trap();
  }
  Response *Last = Data;
  free(Last->Data);
  *Last = Received;
  return WasmEdge_Result_Success;
}

static WasmEdge_Result getRcv(void *Data, Frame F, const WasmEdge_Value *Params, WasmEdge_Value *Returns) {
  (void)Returns;
  const Response *Last = Data;
  uint8_t *Target = range(F, number(Params, 0), Last->Length);
  if (Target == NULL) {
    return trap();
  }
  if (Last->Length > 0) {
    memcpy(Target, Last->Data, Last->Length);
  }
  return WasmEdge_Result_Success;
}

static WasmEdge_Result getRcvLen(void *Data, Frame F, const WasmEdge_Value *Params, WasmEdge_Value *Returns) {
  (void)F, (void)Params;
  Returns[0] = WasmEdge_ValueGenI32((int32_t)((Response *)Data)->Length);
  return WasmEdge_Result_Success;
}

// ---- the plug-in

static void deleteResponse(void *Data) {
  free(((Response *)Data)->Data);
  free(Data);
}

static const struct {
  const char *Name;
  WasmEdge_HostFunc_t Function;
  uint32_t Params;
  uint32_t Results;
} Functions[] = {
    {"wasmedge_httpsreq_send_data", sendData, 5, 0},
    {"wasmedge_httpsreq_get_rcv", getRcv, 1, 0},
    {"wasmedge_httpsreq_get_rcv_len", getRcvLen, 0, 1},
};

static WasmEdge_ModuleInstanceContext *createModule(const WasmEdge_ModuleDescriptor *Descriptor) {
  // A server that goes away while it is written to must not end the process.
  signal(SIGPIPE, SIG_IGN);
  Response *Last = calloc(1, sizeof(Response));
  if (Last == NULL) {
    abort();
  }
  WasmEdge_String Name = WasmEdge_StringCreateByCString(Descriptor->Name);
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreateWithData(Name, Last, deleteResponse);
  WasmEdge_StringDelete(Name);
  WasmEdge_ValType Types[5];
  for (int I = 0; I < 5; ++I) {
    Types[I] = WasmEdge_ValTypeGenI32();
  }
  for (size_t I = 0; I < sizeof Functions / sizeof Functions[0]; ++I) {
    WasmEdge_FunctionTypeContext *Type =
        WasmEdge_FunctionTypeCreate(Types, Functions[I].Params, Types, Functions[I].Results);
    WasmEdge_FunctionInstanceContext *Function = WasmEdge_FunctionInstanceCreate(Type, Functions[I].Function, Last, 0);
    WasmEdge_FunctionTypeDelete(Type);
    WasmEdge_String FunctionName = WasmEdge_StringCreateByCString(Functions[I].Name);
    WasmEdge_ModuleInstanceAddFunction(Module, FunctionName, Function);
    WasmEdge_StringDelete(FunctionName);
  }
  return Module;
}

static WasmEdge_ModuleDescriptor Modules[] = {{"wasmedge_httpsreq", "Stand-in for the HttpsReq plug-in", createModule}};

static WasmEdge_PluginDescriptor Descriptor = {
    .Name = "wasmedge_httpsreq",
    .Description = "Stand-in for the HttpsReq plug-in",
    .APIVersion = WasmEdge_Plugin_CurrentAPIVersion,
    .Version = {0, 10, 1, 0},
    .ModuleCount = 1,
    .ModuleDescriptions = Modules,
};

WASMEDGE_CAPI_PLUGIN_EXPORT const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }
