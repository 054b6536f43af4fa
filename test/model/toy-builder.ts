import type { Dockerfile, Instruction } from '../../src/dockerfile/types.ts'

/** What a toy build leaves: image path to content. */
export type ToyImage = ReadonlyMap<string, string>

/**
 * Really executes Dockerfiles of a small language on a map of files: an oracle for the model that knows nothing of
 * it. The language: `WORKDIR /d`, `ENV A=b`, `COPY src dst`, and RUN lines of `toyCommands` joined by `&&`.
 */
export function toyBuild(dockerfile: Dockerfile, context: Readonly<Record<string, string>>): ToyImage {
  const files = new Map<string, string>()
  const env = new Map<string, string>()
  let workdir = '/'
  const absolute = (path: string): string =>
    path.startsWith('/') ? path : `${workdir === '/' ? '' : workdir}/${path.replace(/^\.\/?/, '')}`
  for (const instruction of dockerfile.instructions) {
    const text = instruction.rest.text
    switch (instruction.keyword) {
      case 'WORKDIR':
        workdir = absolute(text)
        break
      case 'ENV':
        for (const { name, raw } of instruction.pairs) env.set(name, raw ?? '')
        break
      case 'COPY':
        copy(instruction, context, files, absolute)
        break
      case 'RUN':
        for (const command of text.split(' && ')) run(command, files, env, absolute)
        break
    }
  }
  return files
}

function copy(
  instruction: Instruction,
  context: Readonly<Record<string, string>>,
  files: Map<string, string>,
  absolute: (path: string) => string,
): void {
  const words = instruction.words.map((word) => word.raw)
  const target = absolute(words.at(-1) ?? '').replace(/\/$/, '')
  for (const source of words.slice(0, -1)) {
    const content = context[source]
    if (content !== undefined) {
      files.set(`${target}/${source.split('/').at(-1)}`, content)
      continue
    }
    const prefix = source === '.' ? '' : `${source}/`
    for (const [path, text] of Object.entries(context)) {
      if (path.startsWith(prefix)) files.set(`${target}/${path.slice(prefix.length)}`, text)
    }
  }
}

function run(
  command: string,
  files: Map<string, string>,
  env: ReadonlyMap<string, string>,
  absolute: (path: string) => string,
): void {
  const [program = '', ...args] = command.split(' ')
  const [first = '', second = '', third = ''] = args
  switch (program) {
    case 'echo':
      files.set(
        absolute(third),
        first.replace(/\$(\w+)/g, (_, name: string) => env.get(name) ?? ''),
      )
      break
    case 'cp': {
      const content = files.get(absolute(first))
      if (content !== undefined) files.set(absolute(second), content)
      break
    }
    case 'rm':
      files.delete(absolute(second))
      break
    case './build':
      // An opaque command: its output depends on every file and on the environment.
      files.set('/out/built', JSON.stringify([[...files].sort(), [...env].sort()]))
      break
    default:
      throw new Error(`the toy does not know ${command}`)
  }
}
