import sys

import six

print(six.PY3, sys.argv)
