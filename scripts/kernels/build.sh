#!/usr/bin/env bash
# Rebuilds src/engines/portable/kernels.wasm. Needs clang and lld; nobody who only runs Stemma needs either.
set -eu
cd "$(dirname "$0")/../../src/engines/portable"
clang --target=wasm32 -O3 -msimd128 -mbulk-memory -mmutable-globals -ffast-math -fno-finite-math-only -nostdlib -Wall \
  -Wl,--no-entry -Wl,--import-memory -Wl,--export=__stack_pointer -Wl,--strip-all \
  -o kernels.wasm convolution.c batch-norm.c pooling.c
ls -l kernels.wasm
