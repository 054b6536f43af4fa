import { describe, expect, it } from 'vitest'
import { selectMembers, valuesOf } from '../../src/ecosystems/shared/select-members.ts'
import type { PackageInfo } from '../../src/ecosystems/shared/read-package.ts'

function member(dir: string, json: PackageInfo['json']): PackageInfo {
  return { dir, path: `${dir}/package.json`, file: `${dir}/package.json`, text: '', json }
}

const members = [
  member('/app/packages/api', { name: '@shop/api', dependencies: { '@shop/money': 'workspace:*' } }),
  member('/app/packages/money', { name: '@shop/money', devDependencies: { x: 'link:../tools' } }),
  member('/app/packages/tools', { name: '@shop/tools' }),
  member('/app/packages/docs', { name: '@shop/docs', dependencies: { m: 'workspace:@shop/money@*' } }),
  member('/app/packages/web', { name: '@shop/web' }),
]

function select(...filters: readonly string[]): readonly string[] | undefined {
  const selected = selectMembers(undefined, members, filters, '/app')
  return selected && [...selected].map((dir) => dir.slice('/app/packages/'.length)).sort()
}

describe('selectMembers', () => {
  it('follows dependencies between members, also by path and by alias', () => {
    expect(select('@shop/web')).toEqual(['web'])
    expect(select('@shop/api...')).toEqual(['api', 'money', 'tools'])
    expect(select('@shop/docs')).toEqual(['docs', 'money', 'tools'])
    expect(select('./packages/web', '@shop/tools')).toEqual(['tools', 'web'])
  })

  it.each([
    '...@shop/money',
    '@shop/*',
    '!@shop/web',
    '[main]',
    '{packages/web}',
    './packages/*',
    'unknown',
    '',
  ])('does not decide what %s selects', (filter) => {
    expect(select('@shop/web', filter)).toBeUndefined()
  })

  it('selects what the root depends on', () => {
    const root = member('/app', { name: 'shop', dependencies: { '@shop/docs': 'workspace:*' } })
    expect(selectMembers(root, members, ['@shop/web'], '/app')).toEqual(
      new Set([
        '/app',
        '/app/packages/web',
        '/app/packages/docs',
        '/app/packages/money',
        '/app/packages/tools',
      ]),
    )
  })
})

it('valuesOf finds every occurrence of an option', () => {
  expect(valuesOf(['ci', '-w', 'a', '--workspace=b', '-w', 'c'], ['-w', '--workspace'])).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(valuesOf(['ci'], ['-w'])).toEqual([])
  expect(valuesOf(['ci', '-w'], ['-w'])).toBeUndefined()
  expect(valuesOf(['ci', undefined], ['-w'])).toBeUndefined()
})
