/** Variables by which programs find files and libraries, and by which libraries of neural networks choose devices. */
const passed =
  /^(PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|LANG|LC_ALL|(DY)?LD_LIBRARY_PATH|WASMEDGE_PLUGINS_.*|CUDA_.*|GGML_.*|HIP_.*|ROCR_.*|VK_.*|OMP_.*)$/i;

/** What a process of asynchronous backends gets of the host's environment, which may hold passwords. */
export function processEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => passed.test(name)));
}
