// TorchScript is a programming language. What reaches files, other machines or stdout is taken from it, for the whole process.
#pragma once

#include <torch/csrc/jit/runtime/operator.h>
#include <torch/csrc/jit/runtime/print_handler.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

inline bool reaches_outside(const c10::FunctionSchema &schema) {
  const std::string &name = schema.name();
  for (const char *prefix : {"aten::save", "aten::from_file", "aten::dist_backward", "prim::rpc_", "c10d::"}) {
    if (name.rfind(prefix, 0) == 0) return true;
  }
  for (const c10::Argument &argument : schema.arguments()) {
    for (const char *suspect : {"filename", "file", "filepath", "file_path"}) {
      if (argument.name() == suspect) return true;
    }
  }
  return false;
}

// A model that names a removed operator cannot be loaded.
inline void restrict_torchscript() {
  static const bool done = [] {
    std::vector<c10::FunctionSchema> removed;
    for (const std::shared_ptr<torch::jit::Operator> &candidate : torch::jit::getAllOperators()) {
      if (reaches_outside(candidate->schema())) removed.push_back(candidate->schema());
    }
    for (const c10::FunctionSchema &schema : removed) torch::jit::deregisterOperator(schema);
    torch::jit::setPrintHandler([](const std::string &text) { std::fputs(text.c_str(), stderr); });
    return true;
  }();
  (void)done;
}
