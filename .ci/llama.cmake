# Read when llama.cpp's own project begins: its common library serves programs that are not built
# here, and takes half of the time to compile.
set(LLAMA_BUILD_COMMON OFF)
