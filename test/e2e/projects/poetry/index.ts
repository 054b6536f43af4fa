import type { Project } from '../../project.ts'

const images = ['python-tools']
const lock = { files: ['poetry.lock'], command: 'poetry lock', image: 'python-tools:3.11' }
// Byte code holds the time of its source; virtualenv lists files in any order, and keeps when it looked; caches and folders of builds have names
// made up anew.
const noise = [
  /\.pyc$/,
  /\/(pip|setuptools)-[\d.]+\.dist-info\/RECORD$/,
  /^\/root\/\.cache\/(virtualenv|pypoetry\/(cache|artifacts))\//,
  /^\/tmp\/poetry-chef-/,
]

export const projects: readonly Project[] = [
  {
    name: 'application',
    images,
    lock,
    install: /^poetry install/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'package',
    images,
    lock,
    install: /^poetry install --without dev --no-root/,
    build: /^poetry install --without dev$/,
    source: 'shop/__init__.py',
    copiedTo: '/usr/src/shop',
    noise,
  },
  {
    name: 'path-dependency',
    images,
    lock,
    install: /poetry install --no-root/,
    source: 'shop/__init__.py',
    copiedTo: '/app',
    noise,
  },
]
