import type { Project } from '../../project.ts'

const images = ['python-tools']
const lock = { files: ['Pipfile.lock'], command: 'pipenv lock', image: 'python-tools:3.11' }
// Byte code holds the time of its source; virtualenv lists files in any order, and keeps when it looked; the caches have names made up anew.
const noise = [
  /\.pyc$/,
  /\/(pip|setuptools)-[\d.]+\.dist-info\/RECORD$/,
  /^\/root\/\.cache\/(pip|pipenv|virtualenv)\//,
]

export const projects: readonly Project[] = [
  {
    name: 'system',
    images,
    lock,
    transforms: ['split-manifests'],
    install: /^pipenv install/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'environment',
    images,
    lock,
    install: /^pipenv sync/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'path-dependency',
    images,
    lock,
    install: /^pipenv install --deploy/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
]
