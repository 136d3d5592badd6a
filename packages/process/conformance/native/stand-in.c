// A stand-in for the WasmEdge process plug-in: the same plug-in name, module, functions, signatures and options, on the C API of plug-ins.
// The released plug-in is written in C++ and cannot be built without the sources of WasmEdge; this one lets its loading, its options and
// its calls be tested where it is absent. It answers as the released 0.14.1 does, harmless defects included: the program name is appended
// to, exit codes are sign-extended, death by signal is exit code 0, a program that cannot be executed logs into the guest's stdout,
// time-outs count in whole seconds and end the direct child only. It leaves out what would block or end the host: stdin is fed while
// output is read, and SIGPIPE is ignored in the writing call.
//
// Options: `allow-command` is one string here, names separated by commas; `allow-command-all` is a toggle.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wasmedge/wasmedge.h>

enum { DefaultTimeout = 10000, TimedOutCode = 110, NotRunCode = -1, HostFuncErrorCode = 0x40e };

typedef struct Bytes {
  char *Data;
  size_t Length;
} Bytes;

typedef struct List {
  Bytes *Items;
  size_t Count;
} List;

typedef struct Process {
  List Allowed;
  bool AllowAll;
  Bytes Name;
  List Args;
  List Keys;
  List Values;
  Bytes Stdin;
  uint32_t Timeout;
  Bytes Stdout;
  Bytes Stderr;
  int32_t ExitCode;
} Process;

static void *allocate(void *Old, size_t Size) {
  void *New = realloc(Old, Size);
  if (New == NULL) {
    abort();
  }
  return New;
}

static void append(Bytes *To, const void *From, size_t Length) {
  if (Length == 0) {
    return;
  }
  // One more for a terminating zero, so that the bytes can be given to exec as they are.
  To->Data = allocate(To->Data, To->Length + Length + 1);
  memcpy(To->Data + To->Length, From, Length);
  To->Length += Length;
  To->Data[To->Length] = 0;
}

static void clear(Bytes *Of) {
  free(Of->Data);
  *Of = (Bytes){NULL, 0};
}

static void push(List *To, const void *From, size_t Length) {
  To->Items = allocate(To->Items, (To->Count + 1) * sizeof(Bytes));
  To->Items[To->Count] = (Bytes){NULL, 0};
  append(&To->Items[To->Count++], From, Length);
}

static void clearList(List *Of) {
  for (size_t I = 0; I < Of->Count; ++I) {
    clear(&Of->Items[I]);
  }
  free(Of->Items);
  *Of = (List){NULL, 0};
}

static bool contains(const List *In, const void *Data, size_t Length) {
  for (size_t I = 0; I < In->Count; ++I) {
    if (In->Items[I].Length == Length && (Length == 0 || memcmp(In->Items[I].Data, Data, Length) == 0)) {
      return true;
    }
  }
  return false;
}

static char *text(const Bytes *Of) { return Of->Data == NULL ? "" : Of->Data; }

static void clearPending(Process *P) {
  clear(&P->Name);
  clearList(&P->Args);
  clearList(&P->Keys);
  clearList(&P->Values);
  clear(&P->Stdin);
  P->Timeout = DefaultTimeout;
}

// ---- running

static void refuse(Process *P) {
  const char *Parts[] = {"Permission denied: Command \"",
                         "\" is not in the white list. Please use --allow-command=",
                         " or --allow-command-all to add \"", "\" command into the white list.\n"};
  for (int I = 0; I < 4; ++I) {
    append(&P->Stderr, Parts[I], strlen(Parts[I]));
    if (I < 3) {
      append(&P->Stderr, P->Name.Data, P->Name.Length);
    }
  }
}

// Room for `Count` strings and the null pointer that ends them.
static char **vector(size_t Count) {
  size_t Size = (Count + 1) * sizeof(char *);
  return memset(allocate(NULL, Size), 0, Size);
}

static void runChild(char **Argv, char **Envp) {
  execvpe(Argv[0], Argv, Envp);
  const char *Reason = errno == ENOENT   ? "Command not found."
                       : errno == EACCES ? "Permission denied."
                                         : "Unknown error.";
  time_t Now = time(NULL);
  struct tm Parts;
  char Stamp[32];
  strftime(Stamp, sizeof Stamp, "%Y-%m-%d %H:%M:%S", localtime_r(&Now, &Parts));
  dprintf(STDOUT_FILENO, "[%s.000] [error] %s\n", Stamp, Reason);
  _exit(255);
}

static void closeEnd(int *Fd) {
  if (*Fd >= 0) {
    close(*Fd);
    *Fd = -1;
  }
}

// Reads once; closes the descriptor at its end.
static void drain(int *Fd, Bytes *To) {
  char Chunk[4096];
  ssize_t Count = read(*Fd, Chunk, sizeof Chunk);
  if (Count > 0) {
    append(To, Chunk, (size_t)Count);
  } else if (Count == 0 || (errno != EINTR && errno != EAGAIN)) {
    closeEnd(Fd);
  }
}

// Feeds and reads until both outputs end; returns the exit code.
static int32_t supervise(Process *P, pid_t Child, int In, int Out, int Err) {
  time_t Start = time(NULL);
  size_t Sent = 0;
  bool Ended = false;
  int32_t Code = NotRunCode;
  if (P->Stdin.Length == 0) {
    closeEnd(&In);
  }
  while (!Ended || Out >= 0 || Err >= 0) {
    if (!Ended && (uint64_t)(time(NULL) - Start) * 1000 > P->Timeout) {
      kill(Child, SIGKILL);
      Code = TimedOutCode;
      Ended = true;
    }
    int Status;
    if (!Ended && waitpid(Child, &Status, WNOHANG) == Child) {
      Code = WIFEXITED(Status) ? (int8_t)WEXITSTATUS(Status) : 0;
      Ended = true;
      closeEnd(&In);
    }
    struct pollfd Polled[] = {{In, POLLOUT, 0}, {Out, POLLIN, 0}, {Err, POLLIN, 0}};
    poll(Polled, 3, 1);
    if (Polled[0].revents != 0) {
      // The input is a socket, because only sockets can be written to without SIGPIPE.
      ssize_t Count = send(In, P->Stdin.Data + Sent, P->Stdin.Length - Sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      Sent += Count > 0 ? (size_t)Count : 0;
      if (Sent == P->Stdin.Length || (Count < 0 && errno != EAGAIN && errno != EINTR)) {
        closeEnd(&In);
      }
    }
    if (Polled[1].revents != 0) {
      drain(&Out, &P->Stdout);
    }
    if (Polled[2].revents != 0) {
      drain(&Err, &P->Stderr);
    }
  }
  closeEnd(&In);
  return Code;
}

static int32_t start(Process *P) {
  char **Argv = vector(P->Args.Count + 1);
  char **Envp = vector(P->Keys.Count);
  Argv[0] = text(&P->Name);
  for (size_t I = 0; I < P->Args.Count; ++I) {
    Argv[I + 1] = text(&P->Args.Items[I]);
  }
  for (size_t I = 0; I < P->Keys.Count; ++I) {
    if (asprintf(&Envp[I], "%s=%s", text(&P->Keys.Items[I]), text(&P->Values.Items[I])) < 0) {
      abort();
    }
  }
  int In[2], Out[2], Err[2];
  int32_t Code = NotRunCode;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, In) == 0 && pipe2(Out, O_CLOEXEC) == 0 && pipe2(Err, O_CLOEXEC) == 0) {
    pid_t Child = fork();
    if (Child == 0) {
      dup2(In[0], STDIN_FILENO);
      dup2(Out[1], STDOUT_FILENO);
      dup2(Err[1], STDERR_FILENO);
      runChild(Argv, Envp);
    }
    close(In[0]);
    close(Out[1]);
    close(Err[1]);
    if (Child > 0) {
      Code = supervise(P, Child, In[1], Out[0], Err[0]);
    }
  }
  for (size_t I = 0; I < P->Keys.Count; ++I) {
    free(Envp[I]);
  }
  free(Envp);
  free(Argv);
  return Code;
}

static int32_t run(Process *P) {
  clear(&P->Stdout);
  clear(&P->Stderr);
  P->ExitCode = NotRunCode;
  if (P->AllowAll || contains(&P->Allowed, P->Name.Data, P->Name.Length)) {
    P->ExitCode = start(P);
  } else {
    refuse(P);
  }
  clearPending(P);
  return P->ExitCode;
}

// ---- what guests import

typedef const WasmEdge_CallingFrameContext *Frame;

// The bytes of a range, or zero bytes when it is not all in the memory. False when there is no memory.
static bool range(Frame F, WasmEdge_Value Pointer, uint32_t Length, uint8_t **Data, uint32_t *Usable) {
  WasmEdge_MemoryInstanceContext *Memory = WasmEdge_CallingFrameGetMemoryInstance(F, 0);
  if (Memory == NULL) {
    return false;
  }
  uint32_t Offset = (uint32_t)WasmEdge_ValueGetI32(Pointer);
  uint64_t Size = (uint64_t)WasmEdge_MemoryInstanceGetPageSize(Memory) * 65536;
  bool Inside = (uint64_t)Offset + Length <= Size && Length > 0;
  *Usable = Inside ? Length : 0;
  *Data = Inside ? WasmEdge_MemoryInstanceGetPointer(Memory, Offset, Length) : NULL;
  return true;
}

static WasmEdge_Result noMemory(void) { return WasmEdge_ResultGen(WasmEdge_ErrCategory_WASM, HostFuncErrorCode); }

static bool input(Frame F, const WasmEdge_Value *Params, uint8_t **Data, uint32_t *Length) {
  return range(F, Params[0], (uint32_t)WasmEdge_ValueGetI32(Params[1]), Data, Length);
}

#define HOST_FUNCTION(NAME)                                                                                            \
  static WasmEdge_Result NAME(void *Data, Frame F, const WasmEdge_Value *Params, WasmEdge_Value *Returns)
#define UNUSED (void)Data, (void)F, (void)Params, (void)Returns

HOST_FUNCTION(setProgName) {
  UNUSED;
  uint8_t *Bytes;
  uint32_t Length;
  if (!input(F, Params, &Bytes, &Length)) {
    return noMemory();
  }
  append(&((Process *)Data)->Name, Bytes, Length);
  return WasmEdge_Result_Success;
}

HOST_FUNCTION(addArg) {
  UNUSED;
  uint8_t *Bytes;
  uint32_t Length;
  if (!input(F, Params, &Bytes, &Length)) {
    return noMemory();
  }
  push(&((Process *)Data)->Args, Bytes, Length);
  return WasmEdge_Result_Success;
}

HOST_FUNCTION(addEnv) {
  UNUSED;
  Process *P = Data;
  uint8_t *Key, *Value;
  uint32_t KeyLength, ValueLength;
  if (!input(F, Params, &Key, &KeyLength) || !input(F, Params + 2, &Value, &ValueLength)) {
    return noMemory();
  }
  if (!contains(&P->Keys, Key, KeyLength)) {
    push(&P->Keys, Key, KeyLength);
    push(&P->Values, Value, ValueLength);
  }
  return WasmEdge_Result_Success;
}

HOST_FUNCTION(addStdin) {
  UNUSED;
  uint8_t *Bytes;
  uint32_t Length;
  if (!input(F, Params, &Bytes, &Length)) {
    return noMemory();
  }
  append(&((Process *)Data)->Stdin, Bytes, Length);
  return WasmEdge_Result_Success;
}

HOST_FUNCTION(setTimeout) {
  UNUSED;
  ((Process *)Data)->Timeout = (uint32_t)WasmEdge_ValueGetI32(Params[0]);
  return WasmEdge_Result_Success;
}

static WasmEdge_Result answer(WasmEdge_Value *Returns, int32_t Value) {
  Returns[0] = WasmEdge_ValueGenI32(Value);
  return WasmEdge_Result_Success;
}

HOST_FUNCTION(runCommand) {
  UNUSED;
  return answer(Returns, run(Data));
}

HOST_FUNCTION(getExitCode) {
  UNUSED;
  return answer(Returns, ((Process *)Data)->ExitCode);
}

HOST_FUNCTION(getStdoutLength) {
  UNUSED;
  return answer(Returns, (int32_t)((Process *)Data)->Stdout.Length);
}

HOST_FUNCTION(getStderrLength) {
  UNUSED;
  return answer(Returns, (int32_t)((Process *)Data)->Stderr.Length);
}

static WasmEdge_Result output(Frame F, WasmEdge_Value Pointer, const Bytes *From) {
  uint8_t *Target;
  uint32_t Length;
  if (!range(F, Pointer, (uint32_t)From->Length, &Target, &Length)) {
    return noMemory();
  }
  if (Length > 0) {
    memcpy(Target, From->Data, Length);
  }
  return WasmEdge_Result_Success;
}

HOST_FUNCTION(getStdout) {
  UNUSED;
  return output(F, Params[0], &((Process *)Data)->Stdout);
}

HOST_FUNCTION(getStderr) {
  UNUSED;
  return output(F, Params[0], &((Process *)Data)->Stderr);
}

// ---- the plug-in

static WasmEdge_String AllowCommand, AllowCommandDefault;
static bool AllowCommandAll, AllowCommandAllDefault;

static void deleteProcess(void *Data) {
  Process *P = Data;
  clearPending(P);
  clearList(&P->Allowed);
  clear(&P->Stdout);
  clear(&P->Stderr);
  free(P);
}

static Process *createProcess(void) {
  Process *P = memset(allocate(NULL, sizeof(Process)), 0, sizeof(Process));
  P->Timeout = DefaultTimeout;
  P->AllowAll = AllowCommandAll;
  uint32_t From = 0;
  for (uint32_t I = 0; I <= AllowCommand.Length; ++I) {
    if (I == AllowCommand.Length || AllowCommand.Buf[I] == ',') {
      if (I > From) {
        push(&P->Allowed, AllowCommand.Buf + From, I - From);
      }
      From = I + 1;
    }
  }
  return P;
}

static const struct {
  const char *Name;
  WasmEdge_HostFunc_t Function;
  uint32_t Params;
  uint32_t Results;
} Functions[] = {
    {"wasmedge_process_set_prog_name", setProgName, 2, 0},
    {"wasmedge_process_add_arg", addArg, 2, 0},
    {"wasmedge_process_add_env", addEnv, 4, 0},
    {"wasmedge_process_add_stdin", addStdin, 2, 0},
    {"wasmedge_process_set_timeout", setTimeout, 1, 0},
    {"wasmedge_process_run", runCommand, 0, 1},
    {"wasmedge_process_get_exit_code", getExitCode, 0, 1},
    {"wasmedge_process_get_stdout_len", getStdoutLength, 0, 1},
    {"wasmedge_process_get_stdout", getStdout, 1, 0},
    {"wasmedge_process_get_stderr_len", getStderrLength, 0, 1},
    {"wasmedge_process_get_stderr", getStderr, 1, 0},
};

static WasmEdge_ModuleInstanceContext *createModule(const WasmEdge_ModuleDescriptor *Descriptor) {
  Process *P = createProcess();
  WasmEdge_String Name = WasmEdge_StringCreateByCString(Descriptor->Name);
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreateWithData(Name, P, deleteProcess);
  WasmEdge_StringDelete(Name);
  WasmEdge_ValType Types[4];
  for (int I = 0; I < 4; ++I) {
    Types[I] = WasmEdge_ValTypeGenI32();
  }
  for (size_t I = 0; I < sizeof Functions / sizeof Functions[0]; ++I) {
    WasmEdge_FunctionTypeContext *Type =
        WasmEdge_FunctionTypeCreate(Types, Functions[I].Params, Types, Functions[I].Results);
    WasmEdge_FunctionInstanceContext *Function = WasmEdge_FunctionInstanceCreate(Type, Functions[I].Function, P, 0);
    WasmEdge_FunctionTypeDelete(Type);
    WasmEdge_String FunctionName = WasmEdge_StringCreateByCString(Functions[I].Name);
    WasmEdge_ModuleInstanceAddFunction(Module, FunctionName, Function);
    WasmEdge_StringDelete(FunctionName);
  }
  return Module;
}

static WasmEdge_ProgramOption Options[] = {
    {"allow-command", "Allow the commands with these names, separated by commas", WasmEdge_ProgramOptionType_String,
     &AllowCommand, &AllowCommandDefault},
    {"allow-command-all", "Allow all commands", WasmEdge_ProgramOptionType_Toggle, &AllowCommandAll,
     &AllowCommandAllDefault},
};

static WasmEdge_ModuleDescriptor Modules[] = {{"wasmedge_process", "Stand-in for the process plug-in", createModule}};

static WasmEdge_PluginDescriptor Descriptor = {
    .Name = "wasmedge_process",
    .Description = "Stand-in for the process plug-in",
    .APIVersion = WasmEdge_Plugin_CurrentAPIVersion,
    .Version = {0, 10, 0, 0},
    .ModuleCount = 1,
    .ProgramOptionCount = 2,
    .ModuleDescriptions = Modules,
    .ProgramOptions = Options,
};

WASMEDGE_CAPI_PLUGIN_EXPORT const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }
