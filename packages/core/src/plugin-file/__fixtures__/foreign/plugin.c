// A plug-in without any code but its entry, for platforms that this machine is not. Built by build.mjs.

typedef unsigned int u32;
typedef unsigned long long u64;

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#define IMPORT __declspec(dllimport)
#else
#define EXPORT
#define IMPORT
#endif

static const struct {
  const char *name;
  const char *description;
  u32 apiVersion;
  u32 version[4];
  u32 moduleCount;
  u32 optionCount;
  const void *modules;
  const void *options;
} descriptor = {"foreign", "A plug-in of another platform", 4, {1, 2, 3, 4}, 0, 0, 0, 0};

IMPORT extern int needed(void);

EXPORT const void *ENTRY(void);
EXPORT const void *ENTRY(void) { return &descriptor; }

EXPORT int use(void);
EXPORT int use(void) { return needed(); }
