import { expect, test } from 'vitest'
import { noteMessage, reasonMessage } from '../../src/findings/messages.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Note } from '../../src/findings/types.ts'

type Samples<T extends { readonly code: string }> = {
  readonly [C in T['code']]: Extract<T, { readonly code: C }>
}

// The type demands one sample of every code.
const reasons: Samples<Reason> = {
  'lifecycle-script': {
    code: 'lifecycle-script',
    file: 'package.json',
    script: 'prepare',
    command: 'husky install',
  },
  'native-addon': { code: 'native-addon', file: 'binding.gyp' },
  'local-dependency': { code: 'local-dependency', file: 'package.json', dependency: 'file:../lib' },
  'injected-dependency': { code: 'injected-dependency', file: 'package.json', dependency: 'ui' },
  'prisma-generator': { code: 'prisma-generator', file: 'schema.prisma' },
  'installs-project': { code: 'installs-project', file: 'requirements.txt', text: '-e .' },
  'edits-manifest': { code: 'edits-manifest', command: 'npm pkg set x=y', file: 'package.json' },
  'stale-lockfile': { code: 'stale-lockfile', file: 'yarn.lock', reader: 'yarn --production' },
  'missing-file': { code: 'missing-file', file: 'patches/x.patch', command: 'npm ci' },
  'outside-context': { code: 'outside-context', file: 'go.mod', dependency: '../shared' },
  'unknown-plugins': { code: 'unknown-plugins', file: 'composer.json', lockfile: 'composer.lock' },
  symlink: { code: 'symlink', file: 'package.json' },
  'unreadable-manifest': { code: 'unreadable-manifest', file: 'package.json', problem: 'Unexpected token' },
  'manifest-runs-code': { code: 'manifest-runs-code', file: 'Gemfile', text: 'Dir' },
  'tracked-output': { code: 'tracked-output', path: 'node_modules' },
  'referenced-output': { code: 'referenced-output', path: 'node_modules', by: 'Dockerfile.prebuilt:3' },
  'copy-form': { code: 'copy-form', text: 'COPY . $DIR' },
  vendored: { code: 'vendored', path: 'vendor' },
  'removes-downloads': { code: 'removes-downloads', command: 'go clean -modcache' },
  'incomplete-lockfile': { code: 'incomplete-lockfile', file: 'go.sum', dependency: 'golang.org/x/net' },
  'unknown-argument': { code: 'unknown-argument', text: '$DIR' },
  'changed-input': { code: 'changed-input', file: 'package.json' },
  'opaque-command': { code: 'opaque-command', text: './setup.sh', line: 4 },
  'needs-sources': { code: 'needs-sources', text: 'RUN make', line: 4 },
  'reads-sources': { code: 'reads-sources', text: 'RUN npm test', path: 'src' },
  'shell-state': { code: 'shell-state', text: 'export X=1' },
  'joined-commands': { code: 'joined-commands', text: 'npm ci', other: 'npm run build' },
  'failure-ignored': { code: 'failure-ignored', text: 'npm ci' },
  'run-form': { code: 'run-form', form: 'heredoc' },
  'unknown-base': { code: 'unknown-base', base: 'node:onbuild' },
  'custom-frontend': { code: 'custom-frontend', frontend: 'example/frontend:1' },
  'unspellable-path': { code: 'unspellable-path', path: 'a\nb' },
  'cannot-ignore': { code: 'cannot-ignore', pattern: 'node_modules', why: 'it is copied in line 4' },
  'not-proven': { code: 'not-proven', differences: ['/app/a', '/app/b'] },
  risk: { code: 'risk', note: 'yarn.lock stays' },
  ignored: { code: 'ignored', why: 'order matters here' },
  'contexts-differ': { code: 'contexts-differ', contexts: ['api', '.'] },
}

const notes: Samples<Note> = {
  'ignored-files': { code: 'ignored-files', files: ['a.log', 'b', 'c', 'd', 'e', 'f'], bytes: 12_345 },
  'lockfile-kept': { code: 'lockfile-kept', file: 'yarn.lock' },
  'warmed-up': { code: 'warmed-up', stage: 'build' },
  'install-sees': { code: 'install-sees', files: ['packages/new/package.json'] },
  'cache-grows': { code: 'cache-grows', stage: 'build' },
  'versions-freeze': { code: 'versions-freeze', file: 'package.json' },
  'cleaned-later': { code: 'cleaned-later', text: 'rm -rf /var/lib/apt/lists/*' },
  'refreshes-less': { code: 'refreshes-less', text: 'RUN apt-get update' },
}

test.each(Object.entries(reasons))(
  '%s has a sentence of one line that names its arguments',
  (code, reason) => {
    const message = reasonMessage(reason)
    expect(message).toMatch(/^[^\n]{20,400}$/)
    expect(message).not.toMatch(/undefined|\[object/)
    for (const [key, value] of Object.entries(reason)) {
      if (key === 'code' || code === 'unspellable-path') continue
      for (const part of Array.isArray(value) ? value : [value]) expect(message).toContain(String(part))
    }
  },
)

test.each(Object.entries(notes))('%s has a sentence of one line', (_, note) => {
  expect(noteMessage(note)).toMatch(/^[^\n]{20,400}$/)
  expect(noteMessage(note)).not.toMatch(/undefined|\[object/)
})

test('long lists and sizes are shortened', () => {
  expect(noteMessage(notes['ignored-files'])).toBe(
    'the ignore file now keeps 6 tracked files (12.3 kB) out of the image: a.log, b, c, d, e and 1 more',
  )
})

test('what comes from the repository cannot move the terminal', () => {
  expect(reasonMessage({ code: 'symlink', file: 'a\u001b[2Jb\nc' })).toContain('a\\x1b[2Jb c is')
  expect(reasonMessage({ code: 'unknown-argument', text: 'x'.repeat(200) }).length).toBeLessThan(200)
})
