import type { PackageInfo } from '../shared/read-package.ts'

/** The major version of pnpm that a manifest asks for in `packageManager`: https://pnpm.io/package_json */
export function majorOf(root: PackageInfo | undefined): number | undefined {
  const manager = root?.json['packageManager']
  const major = typeof manager === 'string' ? /^pnpm@(\d+)/.exec(manager)?.[1] : undefined
  return major === undefined ? undefined : Number(major)
}
