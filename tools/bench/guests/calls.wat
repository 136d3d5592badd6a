(module
  (import "env" "nop" (func $nop))
  (import "env" "plus" (func $plus (param i32 i32) (result i32)))

  (func (export "add") (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.add)

  ;; Calls the host n times with nothing.
  (func (export "callNop") (param $n i32)
    loop $again
      call $nop
      local.get $n
      i32.const 1
      i32.sub
      local.tee $n
      br_if $again
    end)

  ;; Calls the host n times with two numbers, and adds up what it answers.
  (func (export "callPlus") (param $n i32) (result i32)
    (local $sum i32)
    loop $again
      local.get $sum
      local.get $n
      call $plus
      local.set $sum
      local.get $n
      i32.const 1
      i32.sub
      local.tee $n
      br_if $again
    end
    local.get $sum)

  (func $fib (export "fib") (param $n i32) (result i32)
    local.get $n
    i32.const 2
    i32.lt_u
    if (result i32)
      local.get $n
    else
      local.get $n
      i32.const 1
      i32.sub
      call $fib
      local.get $n
      i32.const 2
      i32.sub
      call $fib
      i32.add
    end))
