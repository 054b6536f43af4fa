import { matchPythonTool } from '../shared/python-tool.ts'
import { refuseInstall } from '../shared/outcome.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/**
 * An environment installs the project in development mode, and to know its dependencies Hatch builds its metadata:
 * it reads the readme, the version's file and git.
 */
export function resolveHatch(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchPythonTool(command, files, 'hatch')
  if (call === undefined) return undefined
  const [first, second] = call.args.filter((argument) => argument === undefined || !argument.startsWith('-'))
  if (call.args.length === 1 && call.args[0] === '--version')
    return { known: true, role: 'none', writes: [], env: 'all-but-stamps' }
  const creates = (first === 'env' && second === 'create') || first === 'run'
  return creates ? refuseInstall({ code: 'installs-project', text: command.text }) : { known: false }
}
