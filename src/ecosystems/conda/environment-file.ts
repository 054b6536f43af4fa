import { createClosure } from '../shared/requirement-closure.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parentPath } from '../../model/paths.ts'
import { parseRequirements, type RequirementLine } from '../shared/requirements.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import { isObject, toObject, toStrings } from '../shared/json-object.ts'
import type { Command, ImageFiles } from '../../model/types.ts'
import type { CondaCall } from './match-conda.ts'
import type { Reason } from '../../findings/reasons.ts'

/**
 * Looks at an environment file and at what its pip section reads. conda runs pip beside the file, so that paths are
 * relative to it; versions of mamba and micromamba differ, so that there the working directory counts as well.
 * https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html#create-env-file-manually
 */
export function lookAtEnvironment(
  path: string,
  call: CondaCall,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  const file = files.origin(path)
  const text = lookInto(files, path)
  if (isReason(text)) return text
  if (text === undefined) return { code: 'missing-file', file, command: command.text }
  if (!/\.ya?ml$/i.test(path)) return checkList(text, file)
  const documents = parseYaml(text)
  if (typeof documents === 'string') return { code: 'unreadable-manifest', file, problem: documents }
  const environment = toObject(documents[0])
  const dependencies = Array.isArray(environment['dependencies']) ? environment['dependencies'] : []
  const local = [...toStrings(environment['channels']), ...toStrings(dependencies)].find(isLocal)
  if (local !== undefined) return { code: 'local-dependency', file, dependency: local }
  if (!Array.isArray(environment['package']) && !Array.isArray(environment['dependencies']))
    return { code: 'unreadable-manifest', file, problem: 'it has no dependencies' }
  const sections = dependencies.filter(isObject).map((section) => section['pip'])
  const lines = parseRequirements(sections.flatMap(toStrings).join('\n'), command.env)
  const places = [parentPath(path), ...(call.tool === 'conda' ? [] : [command.cwd])]
  return firstReason(new Set(places), (cwd) => {
    const closure = createClosure({ ...command, cwd }, files)
    const reason = firstReason(lines, (line) => addLine(line, file, closure))
    // It is in the other place, or the original fails as well.
    return reason?.code === 'missing-file' && call.tool !== 'conda' ? undefined : reason
  })
}

function addLine(
  line: RequirementLine,
  file: string,
  closure: ReturnType<typeof createClosure>,
): Reason | undefined {
  if (line.unknown) return { code: 'unreadable-manifest', file, problem: `"${line.text}" is not known` }
  const reason =
    firstReason(line.includes, closure.addFile) ??
    firstReason(line.findLinks, closure.addFindLinks) ??
    firstReason(line.editables, (spec) => closure.addRequirement(spec, true)) ??
    (line.requirement === undefined ? undefined : closure.addRequirement(line.requirement, false))
  if (reason?.code !== 'installs-project') return reason
  return /^(-e\s+|--editable[= ])?\.(\[.*\])?$/.test(line.text)
    ? { code: 'installs-project', file, text: line.text }
    : { code: 'local-dependency', file, dependency: line.text }
}

/** A list of package names, or of addresses after `@EXPLICIT`. */
function checkList(text: string, file: string): Reason | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const local = lines.find((line) => !line.startsWith('#') && isLocal(line))
  return local === undefined ? undefined : { code: 'local-dependency', file, dependency: local }
}

function isLocal(name: string): boolean {
  return /^(file:|\.{0,2}\/|~)/i.test(name) || (/\.(conda|tar\.bz2)$/.test(name) && !/^https?:/i.test(name))
}
