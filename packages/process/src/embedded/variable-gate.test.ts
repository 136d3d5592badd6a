import { describe, expect, it } from 'vitest';
import { isVariableName, VariableGate } from './variable-gate.js';

describe('VariableGate', () => {
  // ld.so(8), dyld(1), environ(7), bash(1), dash(1), zsh(1), git(1), node(1), python(1), perlrun(1), ruby(1), java(1), lua(1), php(1), tar(1), less(1),
  // make(1), openssl-env(7), curl(1), ssh(1), qemu-user(1), gcc(1), borg(1), sqlite3(1), glibc's and gettext's manuals, OpenMP's specification
  // (OMP_TOOL_LIBRARIES), .NET's, Go's, Composer's, Corepack's, Bazelisk's, OpenSC's, unixODBC's and Intel's documentation, and that of the loaders
  // of OpenCL, OpenXR, EGL and GLX.
  it.each(
    `LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_DEBUG_OUTPUT DYLD_INSERT_LIBRARIES GLIBC_TUNABLES GCONV_PATH LOCPATH NLSPATH LANGUAGE TEXTDOMAINDIR TZDIR
    MALLOC_TRACE MALLOC_CHECK_ HOSTALIASES RES_OPTIONS TERMINFO TERMCAP TMPDIR PATH HOME IFS ENV BASH_ENV BASH_FUNC_ls%% SHELLOPTS BASHOPTS PS4
    PROMPT_COMMAND CDPATH ZDOTDIR FPATH INPUTRC HISTFILE SHELL GIT_SSH_COMMAND GIT_CONFIG_COUNT GIT_TRACE GIT_EXTERNAL_DIFF XDG_CONFIG_HOME NODE_OPTIONS
    NODE_PATH NODE_V8_COVERAGE npm_config_script_shell PYTHONPATH PYTHONSTARTUP PYTHONHOME PERL5OPT PERL5LIB PERL5DB RUBYOPT RUBYLIB GEM_HOME BUNDLE_GEMFILE
    JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH LUA_INIT LUA_PATH_5_4 PHPRC PHP_INI_SCAN_DIR TAR_OPTIONS LESSOPEN LESS PAGER MANPAGER
    EDITOR VISUAL BROWSER MAKEFLAGS MAKEFILES CC RUSTC_WRAPPER CARGO_BUILD_RUSTC GOFLAGS CGO_CFLAGS OPENSSL_CONF OPENSSL_MODULES SSL_CERT_FILE SSLKEYLOGFILE
    http_proxy HTTPS_PROXY all_proxy CURL_HOME NETRC WGETRC SSH_ASKPASS SSH_AUTH_SOCK RSYNC_RSH CVS_RSH SVN_SSH AWS_CONFIG_FILE KUBECONFIG DOCKER_HOST
    DOTNET_STARTUP_HOOKS CORECLR_PROFILER_PATH COMSPEC PATHEXT PSModulePath Path ld_preload Ld_Preload VIMINIT EXINIT AWKPATH TCLLIBPATH R_PROFILE
    JULIA_LOAD_PATH ERL_FLAGS OCAMLRUNPARAM QT_PLUGIN_PATH GTK_MODULES GIO_EXTRA_MODULES GCC_EXEC_PREFIX COMPILER_PATH TEXINPUTS MAGICK_CONFIGURE_PATH
    REQUESTS_CA_BUNDLE SDL_DYNAMIC_API VDPAU_DRIVER OPENSSL_ENGINES FFREPORT OMPI_MCA_plm_rsh_agent WINEDLLOVERRIDES COVERAGE_PROCESS_START MPLBACKEND
    OMP_TOOL_LIBRARIES QEMU_SET_ENV COMPOSER COREPACK_NPM_REGISTRY BAZELISK_BASE_URL SUNPRO_DEPENDENCIES PKCS11SPY ODBCINI ODBCSYSINI OPENCL_LAYERS
    INTEL_LIBITTNOTIFY64 INTEL_JIT_PROFILER64 XR_RUNTIME_JSON __EGL_VENDOR_LIBRARY_FILENAMES __GLX_VENDOR_LIBRARY_NAME BORG_RSH TAPE SQLITE_HISTORY
    ls() a.b a-b 1A`.split(/\s+/),
  )('does not allow %s by default', (name) => {
    expect(new VariableGate(undefined).allows(name)).toBe(false);
  });

  it.each(
    `A B K LANG LC_ALL LC_TIME TZ TERM COLUMNS LINES USER LOGNAME NO_COLOR CI DEBUG GREETING NAME MY_VALUE TOKEN API_KEY LEFT TEXT PROMPT COLOR
    QUERY_STRING REQUEST_METHOD HTTP_ACCEPT CONTENT_TYPE __proto__ _`.split(/\s+/),
  )('allows %s by default', (name) => {
    expect(new VariableGate(undefined).allows(name)).toBe(true);
  });

  it('allows what is named and nothing else, in its letter case', () => {
    const gate = new VariableGate(['LANG', 'MY_*', 'LD_PRELOAD', 'a.b']);
    const asked = [
      'LANG',
      'MY_',
      'MY_PATH',
      'LD_PRELOAD',
      'a.b',
      'A',
      'my_x',
      'MY',
      'lang',
      'LANG_',
      'LD_AUDIT',
      'axb',
    ];
    expect(asked.filter((name) => gate.allows(name))).toEqual(asked.slice(0, 5));
    expect(new VariableGate([]).allows('A')).toBe(false);
    expect(new VariableGate('all').allows('LD_PRELOAD')).toBe(true);
  });
});

// POSIX XBD 8.1: environment strings have the form name=value, and names hold no "=".
it.each(['', '=', 'A=', 'LD_PRELOAD=/x.so', '=C:', 'A\0', '\0'])('takes %j for no name', (name) => {
  expect(isVariableName(name)).toBe(false);
  expect(isVariableName('A')).toBe(true);
});
