// Runs work on a stack of its own. Loading and optimising a module recurses over its statements: the stack that a call from JavaScript has
// is enough for some thousands of them, which large networks exceed.
#pragma once

#include <pthread.h>

#include <cstddef>

template <typename Work> void on_deep_stack(Work work) {
  // Of address space; memory is used as far as the recursion goes.
  constexpr size_t stack_bytes = size_t(512) << 20;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread;
  const auto run = [](void *argument) -> void * {
    (*static_cast<Work *>(argument))();
    return nullptr;
  };
  const bool started = pthread_attr_setstacksize(&attributes, stack_bytes) == 0 &&
                       pthread_create(&thread, &attributes, run, &work) == 0;
  pthread_attr_destroy(&attributes);
  if (started) {
    pthread_join(thread, nullptr);
  } else {
    // Where so much address space may not be had.
    work();
  }
}
