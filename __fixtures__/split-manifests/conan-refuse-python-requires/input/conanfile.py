from conan import ConanFile


class Shop(ConanFile):
    python_requires = "base/1.0"
    python_requires_extend = "base.Base"
    requires = "fmt/10.2.1"
