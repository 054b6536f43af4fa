import type { Project } from '../../project.ts'

// Byte code holds the time of its source.
const noise = [/\.pyc$/]

export const projects: readonly Project[] = [
  {
    name: 'requirements',
    install: /^pip install/,
    source: 'main.py',
    copiedTo: '/code',
    noise,
  },
  {
    name: 'local-package',
    transforms: ['split-manifests'],
    install: /^pip install/,
    source: 'main.py',
    copiedTo: '/srv/shop',
    noise,
  },
  {
    name: 'environment',
    install: /^python -m venv/,
    source: 'manage.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'activated',
    install: /^python3 -m venv/,
    source: 'manage.py',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'wheels',
    transforms: ['split-manifests'],
    install: /^pip wheel/,
    source: 'main.py',
    targets: ['wheels'],
    copiedTo: '/src',
    noise,
  },
]
