import { createColors } from 'picocolors'
import { mergeChanges } from '../edits/merge-changes.ts'
import { toPatch } from '../edits/unified-diff.ts'
import { carriedMessage } from '../findings/carried-message.ts'
import { gainMessage } from '../findings/gain-message.ts'
import { noteMessage, reasonMessage } from '../findings/messages.ts'
import { toStatus, toTotals } from '../findings/status.ts'
import type { DockerfileReport, RunReport } from '../findings/types.ts'
import { visible, visibleLine } from '../findings/visible.ts'
import { colorPatch } from './color-patch.ts'

type Colors = ReturnType<typeof createColors>

export interface PrettyOptions {
  /** What the run was for: only look, look for a CI's sake, or write. Only the first one shows diffs. */
  readonly mode: 'preview' | 'check' | 'write'
  readonly color: boolean
  /** Only the paths of the Dockerfiles that change, one per line. */
  readonly quiet: boolean
}

/** The report for people. Problems are not in it but in their number: they go to the standard error output. */
export async function toPretty(report: RunReport, options: PrettyOptions): Promise<string> {
  const changed = report.dockerfiles.filter((dockerfile) => toStatus(dockerfile) === 'rewritten')
  if (options.quiet) return changed.map(({ path }) => `${visibleLine(path)}\n`).join('')
  const colors = createColors(options.color)
  const shown = options.mode === 'check' ? changed : report.dockerfiles.filter(hasAnythingToSay)
  const sections = await Promise.all(shown.map((dockerfile) => toSection(dockerfile, options, colors)))
  return [...sections, toSummary(report, options, colors)].join('\n')
}

function hasAnythingToSay(report: DockerfileReport): boolean {
  return ['rewritten', 'refused'].includes(toStatus(report))
}

async function toSection(report: DockerfileReport, options: PrettyOptions, colors: Colors): Promise<string> {
  const path = visibleLine(report.path)
  const title = `${colors.bold(path)} ${colors.dim(`(context ${visibleLine(report.context)})`)}\n`
  const why = report.rewrites.map(
    ({ transform, summary }) => `  ${colors.green(transform)}: ${visible(summary)}\n`,
  )
  if (options.mode === 'check') return [title, ...why].join('')
  const notes = report.rewrites.flatMap((rewrite) => rewrite.notes).map(noteMessage)
  const rest = [
    ...[...new Set(notes)].map((note) => `  ${colors.yellow('note')}: ${note}\n`),
    ...(report.carried ? [`  ${colors.yellow('note')}: ${carriedMessage(report.carried)}\n`] : []),
    ...(report.gain ? [`  ${colors.cyan('gain')}: ${gainMessage(report.gain)}\n`] : []),
    ...report.refusals.map(
      ({ transform, line, reason }) =>
        `  ${colors.magenta('refused')}: ${path}:${line} ${transform}: ${reasonMessage(reason)}\n`,
    ),
  ]
  if (options.mode === 'write') return [title, ...why, ...rest].join('')
  const diff = colorPatch(visible(await toPatch(report.changes)), colors)
  return [title, ...why, ...(diff === '' ? [] : ['\n', diff, '\n']), ...rest].join('')
}

function toSummary(report: RunReport, options: PrettyOptions, colors: Colors): string {
  const { dockerfiles, rewritten, refused, unchanged, problems } = toTotals(report)
  if (dockerfiles + problems === 0) return 'No Dockerfile was found.\n'
  const counts = [
    `${rewritten} ${options.mode === 'write' ? 'rewritten' : 'would change'}`,
    `${refused} refused`,
    `${unchanged} unchanged`,
    `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
  ]
  const head = `${dockerfiles} ${dockerfiles === 1 ? 'Dockerfile' : 'Dockerfiles'}: ${counts.join(', ')}`
  return `${colors.bold(head)}\n${nextStep(report, options)}`
}

function nextStep(report: RunReport, options: PrettyOptions): string {
  const files = mergeChanges(report.dockerfiles).map(({ path }) => visibleLine(path))
  if (files.length === 0) return ''
  if (options.mode !== 'write') return 'Nothing is written: run again with --write to apply the changes.\n'
  return `Written: ${files.join(', ')}\n`
}
