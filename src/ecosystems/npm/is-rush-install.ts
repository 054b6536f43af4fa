import type { Command } from '../../model/types.ts'

/** Whether a command is an install of Rush, which runs scripts of the repository: https://rushjs.io/pages/maintainer/enabling_ci_builds/ */
export function isRushInstall({ name, args }: Command): boolean {
  const [script = '', action = ''] = name === 'rush' ? ['install-run-rush.js', ...args] : args
  return (
    (name === 'node' || name === 'rush') &&
    /(^|\/)install-run-rush(-pnpm)?\.js$/.test(script) &&
    /^(install|update|ci)$/.test(action)
  )
}
