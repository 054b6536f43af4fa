import type { Project } from '../../project.ts'

const images = ['python-tools']
const lock = { files: ['pdm.lock'], command: 'pdm lock', image: 'python-tools:3.11' }
// Byte code holds the time of its source; virtualenv lists files in any order, and keeps when it looked; caches and logs have names made up anew.
const noise = [
  /\.pyc$/,
  /\/(pip|setuptools)-[\d.]+\.dist-info\/RECORD$/,
  /^\/root\/(\.cache\/virtualenv|(\.cache|\.local\/state)\/pdm)\//,
]

export const projects: readonly Project[] = [
  {
    name: 'package',
    images,
    lock,
    install: /^pdm install --check --prod --no-editable --no-self/,
    build: /^pdm install --check --prod --no-editable$/,
    source: 'src/shop/__init__.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'application',
    images,
    lock,
    install: /^pdm sync/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'path-dependency',
    images,
    lock,
    install: /^pdm sync/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
]
