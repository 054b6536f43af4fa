import type { Project } from '../../project.ts'

const images = ['python-tools']
const lock = { files: ['uv.lock'], command: 'uv lock', image: 'python-tools:3.11' }
// What uv keeps for its next run, by time and by names made up anew; when it built a package of the repository.
const noise = [
  /\.pyc$/,
  /^\/root\/\.cache\/uv\//,
  /\/(shop|money|tax)-[\d.]+\.dist-info\/(uv_cache\.json|RECORD)$/,
]

export const projects: readonly Project[] = [
  {
    name: 'package',
    images,
    lock,
    install: /^uv sync --frozen --no-dev --no-install-project/,
    build: /^uv sync --locked --no-dev$/,
    source: 'src/shop/__init__.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'workspace',
    images,
    lock,
    install: /^uv sync --frozen --all-packages --no-install-workspace/,
    build: /^uv sync --frozen --all-packages$/,
    source: 'packages/tax/src/tax/__init__.py',
    copiedTo: '/repo',
    noise,
  },
  {
    name: 'run',
    images,
    lock,
    install: /^uv sync --no-dev --frozen --inexact/,
    build: /^uv run/,
    source: 'manage.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'path-source',
    images,
    lock,
    install: /^uv sync/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'pip-interface',
    images,
    transforms: ['split-manifests'],
    install: /^uv pip install/,
    source: 'main.py',
    copiedTo: '/app',
    noise,
  },
]
