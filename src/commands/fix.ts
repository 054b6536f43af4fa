import { writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { toTotals } from '../findings/status.ts'
import type { RunReport } from '../findings/types.ts'
import { toDiff } from '../reporters/diff.ts'
import { toJson } from '../reporters/json.ts'
import { type PrettyOptions, toPretty } from '../reporters/pretty.ts'
import { toProblems } from '../reporters/problems.ts'
import { toFileMessage } from './file-message.ts'
import { fixFiles } from './fix-files.ts'
import type { Io } from './io.ts'
import type { Flags } from './program.ts'
import { startProgress } from './progress.ts'
import { wantsColor } from './wants-color.ts'

/**
 * The default command: fixes the Dockerfiles at the paths and reports. Gives the exit code: 2 when anything is wrong,
 * else 1 when `--check` found work, else 0.
 */
export async function fix(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  if (flags.write || flags.patch !== undefined) io.deferInterrupts()
  const progress = flags.format === 'json' ? undefined : startProgress(io)
  const report = await fixFiles({
    cwd: io.cwd,
    paths,
    write: flags.write ?? false,
    config: flags.config,
    ...(flags.context !== undefined && { context: flags.context }),
    ...(flags.transform && { transforms: flags.transform }),
    ...(flags.skip && { skip: flags.skip }),
    ...(progress && { onProgress: progress.tick }),
  }).finally(() => progress?.end())

  const text = await toText(report, flags, io)
  // The patch alone goes to the standard output when it is asked for there.
  if (flags.patch === '-') io.stderr(text)
  else io.stdout(text)
  if (flags.format !== 'json') io.stderr(toProblems(report))
  const isPatchWritten = flags.patch === undefined || (await writePatch(flags.patch, report, flags, io))

  const { problems, rewritten } = toTotals(report)
  if (problems > 0 || !isPatchWritten) return 2
  return flags.check && rewritten > 0 ? 1 : 0
}

function toText(report: RunReport, flags: Flags, io: Io): Promise<string> {
  if (flags.format === 'json') return toJson(report)
  if (flags.format === 'diff') return toDiff(report)
  const mode: PrettyOptions['mode'] = flags.write ? 'write' : flags.check ? 'check' : 'preview'
  return toPretty(report, { mode, color: wantsColor(flags.color, io), quiet: flags.quiet ?? false })
}

/** False when the file cannot be written. An empty patch is written too: a script finds the file where it asked for it. */
async function writePatch(file: string, report: RunReport, flags: Flags, io: Io): Promise<boolean> {
  const patch = await toDiff(report)
  if (file === '-') {
    io.stdout(patch)
    return true
  }
  try {
    writeFileSync(resolve(io.cwd, file), patch)
  } catch (error) {
    io.stderr(`error: ${file}: ${toFileMessage(error)}\n`)
    return false
  }
  if (patch === '' || flags.quiet) return true
  const root = relative(io.cwd, report.root)
  const command = root === '' ? `git apply ${file}` : `patch -p1 -d ${root} < ${file}`
  io.stderr(`Wrote ${file}: apply it with \`${command}\`\n`)
  return true
}
