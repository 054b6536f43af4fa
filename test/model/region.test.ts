import { describe, expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { BASE_WORKDIR, isSystemPath } from '../../src/model/paths.ts'
import { overlaps, type Region } from '../../src/model/region.ts'

const tree = createMemoryTree({ 'package.json': '{}', 'src/main.js': '', 'usr/local/x': '' })
const mapped = (path: string, root = ''): Region => ({ kind: 'mapped', path, tree, root })
const path = (at: string): Region => ({ kind: 'path', path: at })
const below = (at: string): Region => ({ kind: 'tree', path: at })

describe('regions', () => {
  it.each([
    [mapped('/app'), path('/app/package.json'), true],
    [mapped('/app'), path('/app/missing'), false],
    [mapped('/app'), path('/app'), false],
    [mapped('/app', 'src'), path('/app/main.js'), true],
    [mapped('/app'), below('/app/node_modules'), false],
    [mapped('/app'), below('/app/src'), true],
    [mapped('/app'), below('/'), true],
    [mapped('/app'), mapped('/app/src', 'src'), true],
    [mapped('/app'), mapped('/app/other', 'src'), false],
    [mapped('/'), { kind: 'system' } as Region, true],
    [mapped('/app'), { kind: 'system' } as Region, false],
    [below('/app'), below('/app/a/b'), true],
    [below('/app'), below('/application'), false],
  ])('%j and %j', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected)
    expect(overlaps(b, a)).toBe(expected)
  })
})

describe('the working directory of a base image can be anything', () => {
  it.each([
    ['COPY a.sh / and chmod a.sh', path('/run.sh'), path(`${BASE_WORKDIR}/run.sh`), true],
    ['another name', path('/run.sh'), path(`${BASE_WORKDIR}/stop.sh`), false],
    ['a copied tree and a file', mapped(BASE_WORKDIR), path('/package.json'), true],
    ['a copied tree and a file deep below', mapped(BASE_WORKDIR), path('/opt/app/src/main.js'), true],
    ['a copied tree and a file that it lacks', mapped(BASE_WORKDIR), path('/opt/app/other.js'), false],
    ['a directory that may be the same', mapped(BASE_WORKDIR), below('/app'), true],
    ['a hidden directory', mapped(BASE_WORKDIR), below('/root/.npm'), false],
  ])('%s', (_what, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected)
    expect(overlaps(b, a)).toBe(expected)
  })
})

describe('system paths', () => {
  it.each([
    '/',
    '/usr',
    '/usr/local/bin/x',
    '/etc/nginx/nginx.conf',
    '/root/.npmrc',
    '/var/www/html/index.html',
    '/opt/google/chrome',
  ])('%s belongs to the system', (at) => expect(isSystemPath(at)).toBe(true))
  it.each([
    '/app',
    '/usr/src/app',
    '/home/node/app',
    '/opt/app',
    '/srv/app',
    '/root/app',
    '/tmp/x',
    '/usr/local/app',
    '/var/www/app',
  ])('%s belongs to the application', (at) => expect(isSystemPath(at)).toBe(false))
  it('has /var/www in it only for those who serve it', () => {
    const site = { kind: 'path', path: '/var/www/html/index.php' } as const
    expect(overlaps(site, { kind: 'system' })).toBe(true)
    expect(overlaps(site, { kind: 'system', served: false })).toBe(false)
    expect(overlaps({ kind: 'tree', path: '/var/www' }, { kind: 'system', served: false })).toBe(false)
    expect(overlaps({ kind: 'path', path: '/etc/hosts' }, { kind: 'system', served: false })).toBe(true)
  })
  it('judges what a base image may have as its working directory', () => {
    expect(isSystemPath(`${BASE_WORKDIR}/usr`)).toBe(true)
    expect(isSystemPath(`${BASE_WORKDIR}/src`)).toBe(false)
  })
})
