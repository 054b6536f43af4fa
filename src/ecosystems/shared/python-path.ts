import { joinPath } from '../../model/paths.ts'
import { words } from '../../effects/words.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Modules that Python and pip import: a project's file of such a name would be run in their place. */
const MODULES = words(`
  pip sitecustomize usercustomize _distutils_hack attr socks certifi setuptools pkg_resources
  distutils wheel venv ensurepip runpy pkgutil abc argparse array ast asyncio base64 binascii bisect
  bz2 calendar codecs collections colorsys compileall concurrent configparser contextlib contextvars
  copy copyreg csv ctypes dataclasses datetime decimal dis email encodings enum filecmp fnmatch
  fractions functools genericpath getpass gettext glob grp gzip hashlib heapq hmac html http importlib
  inspect io ipaddress json keyword linecache locale logging lzma mimetypes numbers opcode operator
  optparse os pathlib pickle platform plistlib posixpath pprint py_compile queue quopri random re
  reprlib select selectors shlex shutil signal site socket socketserver ssl stat string stringprep
  struct subprocess sysconfig tarfile tempfile textwrap threading token tokenize traceback types
  typing unicodedata urllib uuid warnings weakref xml xmlrpc zipfile zipimport zlib
`)

/**
 * Looks at what the project could put in place of Python's modules: `python -m` searches the working directory first,
 * and PYTHONPATH stands before the standard library. False when PYTHONPATH is not known.
 */
export function lookAtPythonPath(command: Command, files: ImageFiles, module: boolean): boolean {
  const path = command.env.get('PYTHONPATH')
  if (command.env.has('PYTHONPATH') && path === undefined) return false
  const entries = path === undefined || path === '' ? [] : path.split(':')
  const dirs = new Set(entries.map((entry) => joinPath(command.cwd, entry === '' ? '.' : entry)))
  if (module) dirs.add(command.cwd)
  for (const dir of dirs) {
    for (const name of MODULES) {
      files.kind(joinPath(dir, `${name}.py`))
      files.kind(joinPath(dir, `${name}/__init__.py`))
    }
    // Metadata of packages that count as installed.
    files.find(dir, '*.{egg-info,dist-info}/{PKG-INFO,METADATA}')
  }
  return true
}
