#include <fmt/core.h>

int main() { fmt::print("ok\n"); }
