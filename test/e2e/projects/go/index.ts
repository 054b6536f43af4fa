import type { Project } from '../../project.ts'

export const projects: readonly Project[] = [
  {
    name: 'module',
    images: ['golang'],
    install: /^go mod download/,
    build: /go build/,
    source: 'cmd/app/main.go',
    targets: ['build'],
    copiedTo: '/src',
    // What the compiler keeps for its next run, by time; its counters.
    noise: [/^\/root\/(\.cache\/go-build|\.config\/go\/telemetry)\//],
  },
  {
    name: 'workspace',
    images: ['golang'],
    install: /go mod download/,
    build: /go build/,
    source: 'services/api/main.go',
    targets: ['build'],
    copiedTo: '/src',
    caches: ['/go/pkg'],
    noise: [/^\/root\/(\.cache\/go-build|\.config\/go\/telemetry)\//],
  },
  {
    name: 'generate',
    images: ['golang'],
    install: /^go mod download/,
    build: /go generate/,
    source: 'gen/main.go',
    copiedTo: '/src',
    caches: ['/go/pkg'],
    noise: [/^\/root\/(\.cache\/go-build|\.config\/go\/telemetry)\//],
  },
]
