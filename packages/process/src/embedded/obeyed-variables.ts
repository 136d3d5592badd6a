// Variables decide what many programs load, run, read and write, whatever their arguments say. No list of these is complete, and no list of harmless
// ones could know what guests mean to pass. So whole families are refused, and whatever sounds like a place, a program or options; a host that
// wants a closed list gives one (`allowEnv`).

/** How names begin that belong to a loader, a C library, a shell, an interpreter, a tool or a toolkit. */
const families = `
  LD_ DYLD_ _RLD _STDBUF LIBC_ GLIBC_ GCONV TEXTDOMAIN MALLOC_ MUSL_ RES_ RESOLV HOSTALIASES LOCALDOMAIN GMON_ GCOV LLVM_ ASAN_ LSAN_ MSAN_ TSAN_
  UBSAN_ PCPROFILE SEGFAULT_ MTRACE MEMUSAGE FAKEROOT FAKECHROOT STDBUF TERMINFO TERMCAP
  BASH ZSH KSH FISH_ CSH TCSH HIST MAILCHECK FCEDIT
  PYTHON IPYTHON JUPYTER PIP_ UV_ CONDA VIRTUAL_ENV POETRY_ PYENV_ PERL RUBY GEM_ BUNDLE_ RBENV_ IRB RAILS_ NODE NPM_ NVM_ YARN_ PNPM_ BUN_ DENO_
  ELECTRON_ TS_NODE JAVA _JAVA JDK_ JRE_ JVM MAVEN_ MVN GRADLE_ ANT_ SBT_ SCALA KOTLIN GROOVY CLOJURE LEIN_ GOBIN GOENV GODEBUG GOTOOL GOVCS GOSUMDB
  GONOSUM GOCACHE GOWORK GOPRIVATE GOINSECURE GOAUTH CGO_ RUST CARGO LUA PHP R_ RENVIRON JULIA_ ERL_ ELIXIR_ MIX_ HEX_ OCAML CAML OPAM GHC CABAL_ STACK_
  GUILE_ PLT RACKET SBCL EMACS VIM NVIM TCL TK_ AWK GAWK MONO_ DOTNET_ COMPLUS_ COR_ CORECLR_ SWIFT_ DART_ OCTAVE_
  GIT SVN CVS HG BZR FOSSIL P4 SSH GPG GNUPG SUDO DOAS RSYNC_ CURL_ WGET SSL OPENSSL GNUTLS_ NSS_ KRB5 LDAP SASL SOCKS PROXYCHAINS PG PSQL MYSQL
  AWS_ AZURE_ GOOGLE_ CLOUDSDK_ KUBE DOCKER_ PODMAN BUILDAH CONTAINERS_ CONTAINER_HOST HELM_ TF_ ANSIBLE_ VAULT_ CONSUL_ NIX_ GUIX HOMEBREW_ APT_ DPKG_
  RPM_ SYSTEMD_ NOTIFY_SOCKET LISTEN_ INVOCATION_
  LESS MANLESS MANPL MANROFFSEQ GROFF_ TAR_ GZIP XZ_ ZSTD_ BZIP ZIP UNZIP MAKE GNUMAKE CMAKE_ CCACHE_ DISTCC_ GCC_ CLANG_ COMPILER_ PKG_ M4 ACLOCAL
  AUTOCONF AUTOMAKE XDG_ DBUS_ WAYLAND_ XAUTH QT_ GTK_ GDK_ GIO_ GST_ GI_ GSETTINGS_ KDE GNOME_ FONTCONFIG_ MAGICK_ GS_ TEXMF LIBGL_ MESA_ VK_ OCL_ CUDA_
  COMSPEC SYSTEMROOT SYSTEMDRIVE WINDIR APPDATA LOCALAPPDATA PROGRAMFILES PROGRAMDATA USERPROFILE __COMPAT_LAYER
`;

/** Whole names. */
const names = `
  ENV IFS PS0 PS1 PS2 PS3 PS4 MAIL GLOBIGNORE FIGNORE LANGUAGE OUTPUT_CHARSET TMP TEMP VISUAL MORE DISPLAY
  CC CXX CPP LD AR AS FC NM RANLIB STRIP OBJCOPY LEX YACC
`;

/** How a name, or one of its words between underscores, ends that tells of a place, a program, options or what to run. */
const endings = `
  PATH PATHS PATHEXT INPUTS HOME ROOT DIR DIRS FOLDER FILE CONF CONFIG RC OPT OPTS OPTION OPTIONS FLAGS ARGS SHELL COMMAND CMD EXEC EDITOR PAGER
  BROWSER ASKPASS PROXY PRELOAD PLUGIN PLUGINS MODULE MODULES LIB LIBS INIT STARTUP HOOK WRAPPER LAUNCHER AGENT TRACE OUTPUT
`;

const oneOf = (words: string): string => words.trim().split(/\s+/).join('|');
const obeyed = new RegExp(`^(?:${oneOf(families)})|^(?:${oneOf(names)})$|(?:${oneOf(endings)})(?:_|$)`, 'i');
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Whether loaders, interpreters or common tools may obey a variable of this name, in any letter case. Names of other than letters, digits and `_`
 * count as such: shells keep functions in them.
 */
export function mayBeObeyed(name: string): boolean {
  return !plainName.test(name) || obeyed.test(name);
}
