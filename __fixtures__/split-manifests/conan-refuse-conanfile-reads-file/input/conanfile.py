from conan import ConanFile
from conan.tools.files import load


class Shop(ConanFile):
    requires = "fmt/10.2.1"
    generators = "CMakeDeps"

    def set_version(self):
        self.version = load(self, "VERSION")
