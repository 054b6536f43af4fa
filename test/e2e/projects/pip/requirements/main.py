import iniconfig
import six

print(six.__version__, iniconfig.__name__)
