from conan import ConanFile
from conan.tools.cmake import CMake, cmake_layout


class Shop(ConanFile):
    settings = "os", "compiler", "build_type", "arch"
    requires = "polite/2.0"
    generators = "CMakeDeps", "CMakeToolchain"

    def layout(self):
        cmake_layout(self)

    def build(self):
        print(open("VERSION").read())
        CMake(self).build()
