#include <polite.h>

int main() { return 0; }
