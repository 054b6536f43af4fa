import { expandVariables } from '../dockerfile/expand.ts'
import { lookupVariable, UNSET, type Environment } from './environment.ts'
import { joinPath } from './paths.ts'
import type { Pair } from '../dockerfile/types.ts'
import type { StepInput } from './step.ts'

interface Configured {
  readonly environment: Environment
  /** Variables that the instruction's text names. */
  readonly names: readonly string[]
}

/** What an instruction that changes no files does to the environment of later steps and to the image's config. */
export function configure(input: StepInput): Configured {
  const { instruction, environment, dockerfile } = input
  const names: string[] = []
  const lookup = (name: string): string | undefined => lookupVariable(environment, name)
  const expand = (raw: string): string | undefined => {
    const result = expandVariables(raw, lookup, dockerfile.escape)
    names.push(...result.names)
    return result.value
  }
  /** Equal texts are equal values: a variable whose value is unknown stands for itself and its declaration. */
  const spell = (raw: string): string =>
    expand(raw) ??
    `${raw} with ${names.map((name) => `${name}=${environment.spelled.get(name) ?? ''}`).join(' ')}`
  const text = instruction.rest.text
  const done = (changes: Partial<Environment>): Configured => ({
    environment: { ...environment, ...changes },
    names: [...new Set(names)],
  })
  switch (instruction.keyword) {
    case 'ENV': {
      const known = instruction.pairs.map((pair) => [pair.name, expand(pair.raw ?? '')] as const)
      const spelled = instruction.pairs.map((pair) => [pair.name, `env ${spell(pair.raw ?? '')}`] as const)
      const settled = new Set(environment.settled)
      for (const { name, raw } of instruction.pairs) {
        const used = expandVariables(raw ?? '', lookup, dockerfile.escape).names
        if (used.every((other) => environment.settled.has(other))) settled.add(name)
        else settled.delete(name)
      }
      return done({
        settled,
        env: new Map([...environment.env, ...known]),
        spelled: setAnew(environment.spelled, spelled),
      })
    }
    case 'ARG': {
      const value = ({ name, raw }: Pair): string | undefined =>
        input.passedArgs.get(name) ?? (raw === undefined ? globalDefault(input, name) : expand(raw))
      const known = instruction.pairs.map((pair) => [pair.name, value(pair)] as const)
      const spelled = instruction.pairs.flatMap((pair) => {
        const raw = pair.raw ?? input.globals.get(pair.name)
        const text = value(pair) ?? (raw === undefined ? undefined : spell(raw))
        return text === undefined ? [] : [[pair.name, `arg ${text}`] as const]
      })
      // Without a value it leaves what there is, but a user may pass one.
      const open = instruction.pairs
        .filter(({ name }) => !spelled.some(([other]) => other === name))
        .map(({ name }) => [name, `${environment.spelled.get(name) ?? ''}${UNSET}`] as const)
      const declared = new Set(instruction.pairs.map(({ name }) => name))
      return done({
        settled: new Set([...environment.settled].filter((name) => !declared.has(name))),
        args: new Map([...environment.args, ...known]),
        spelled: new Map([...setAnew(environment.spelled, spelled), ...open]),
      })
    }
    case 'LABEL':
      return done({
        labels: new Map([
          ...environment.labels,
          ...instruction.pairs.map((pair) => [pair.name, spell(pair.raw ?? '')] as const),
        ]),
      })
    case 'WORKDIR': {
      const value = expand(text)
      const workdir = joinPath(environment.workdir, value ?? `{${spell(text)}}`)
      return done({ workdir, spelledWorkdir: value?.startsWith('/') === true ? value : workdir })
    }
    case 'USER':
      return done({ user: spell(text) })
    case 'SHELL':
      return done({ shell: instruction.json ?? [text] })
    case 'EXPOSE':
      return done({
        ports: new Set([...environment.ports, ...instruction.words.map((word) => spell(word.raw))]),
      })
    case 'VOLUME': {
      const paths = instruction.json ?? instruction.words.map((word) => word.raw)
      return done({
        volumes: new Set([...environment.volumes, ...paths.map((path) => joinPath('/', spell(path)))]),
      })
    }
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return done({ settings: new Map([...environment.settings, [instruction.keyword, spell(text)]]) })
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK': {
      const shell = instruction.json === undefined ? environment.shell.join(' ') : ''
      const settings = new Map(environment.settings)
      // ENTRYPOINT clears the CMD of the base image, unless the stage has set one itself.
      const cleared = instruction.keyword === 'ENTRYPOINT' && !settings.has('CMD') ? ' clears CMD' : ''
      const flags = instruction.flags.map((flag) => flag.text).join(' ')
      return done({ settings: settings.set(instruction.keyword, `${flags} ${text} | ${shell}${cleared}`) })
    }
    case 'ONBUILD':
      return done({ triggers: [...environment.triggers, instruction.trigger?.text ?? text] })
    default:
      return done({})
  }
}

/** The builder puts a variable that is set again behind the others, and its key holds them in order. */
function setAnew<T>(
  map: ReadonlyMap<string, T>,
  entries: readonly (readonly [string, T])[],
): ReadonlyMap<string, T> {
  const names = new Set(entries.map(([name]) => name))
  return new Map([...[...map].filter(([name]) => !names.has(name)), ...entries])
}

function globalDefault(input: StepInput, name: string): string | undefined {
  const raw = input.globals.get(name)
  if (raw === undefined) return undefined
  return expandVariables(raw, (other) => input.globals.get(other), input.dockerfile.escape).value
}
