import { toTargets, toTreeWrite } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import type { Argument, Command, Effect, ImageFiles } from '../model/types.ts'

/** Programs that change only the file that `find -exec` gives them. */
const FILE_CHANGERS = new Set(['rm', 'chmod', 'chown', 'chgrp', 'touch', 'strip', 'rmdir'])
const EXECUTING = new Set(['-exec', '-execdir', '-ok', '-okdir'])
const WRITING = new Set(['-fprint', '-fprint0', '-fprintf', '-fls', '-files0-from'])
const COMPARING = /^-(newer.*|samefile|anewer|cnewer)$/

/** `find dir... tests actions`: reads the directories; `-delete` and `-exec rm {}` write below them. */
export function resolveFind(command: Command, files: ImageFiles): Effect {
  const { args } = command
  const start = args.findIndex((argument) => argument === undefined || /^[-(!]/.test(argument))
  const operands = start < 0 ? args : args.slice(0, start)
  const expression = start < 0 ? [] : args.slice(start)
  const targets = toTargets(command, operands.length === 0 ? ['.'] : operands)
  if (targets === undefined) return OPAQUE
  let changes = false
  for (const [index, argument] of expression.entries()) {
    if (argument === undefined || WRITING.has(argument) || COMPARING.test(argument)) return OPAQUE
    if (argument === '-delete') changes = true
    if (!EXECUTING.has(argument)) continue
    if (!isFileChange(expression.slice(index + 1))) return OPAQUE
    changes = true
  }
  return toEffect(files, {
    role: changes ? 'files' : 'none',
    reads: targets.map((target) => target.path),
    writes: changes ? targets.map(toTreeWrite) : [],
    // `-user name` and `chown name` ask the user database.
    system: expression.some((argument) =>
      /^(-user|-group|-nouser|-nogroup|chown|chgrp)$/.test(argument ?? ''),
    ),
  })
}

/** Whether `rm -rf {} +` names no other file than the one that was found. */
function isFileChange(words: readonly Argument[]): boolean {
  const end = words.findIndex((word) => word === ';' || word === '\\;' || word === '+')
  const [program, ...rest] = end < 0 ? words : words.slice(0, end)
  if (program === undefined || !FILE_CHANGERS.has(program) || end < 0) return false
  const operands = rest.filter((word) => word === undefined || !word.startsWith('-'))
  const files = program.startsWith('ch') ? operands.slice(1) : operands
  return files.length === 1 && files[0] === '{}'
}
