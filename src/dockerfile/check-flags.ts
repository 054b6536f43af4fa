import type { Fault } from './fault.ts'
import type { FlagType } from './instruction-table.ts'
import { splitFields } from './split-fields.ts'
import type { Flag, Instruction } from './types.ts'

/** Checks flags as BuildKit does before a build starts; values that may hold variables are not looked at. */
export function checkFlags(
  instruction: Instruction,
  allowed: Readonly<Record<string, FlagType>>,
): Fault | undefined {
  const seen = new Set<string>()
  for (const flag of instruction.flags) {
    const type = Object.hasOwn(allowed, flag.name) ? allowed[flag.name] : undefined
    if (type === undefined) return { fault: `unknown flag: --${flag.name}` }
    if (type !== 'strings' && seen.has(flag.name))
      return { fault: `duplicate flag specified: --${flag.name}` }
    seen.add(flag.name)
    const fault = checkValue(flag, type)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Checks the values of RUN's flags. */
export function checkRunFlags(flags: readonly Flag[]): Fault | undefined {
  for (const { name, value = '' } of flags) {
    if (name === 'network' && !['default', 'none', 'host'].includes(value)) {
      return { fault: `invalid network mode "${value}"` }
    }
    if (name === 'security' && !['insecure', 'sandbox'].includes(value)) {
      return { fault: `security "${value}" is not valid` }
    }
    if (name !== 'mount' && name !== 'device') continue
    const fields = splitFields(value)
    if (fields === undefined) return { fault: `failed to parse csv ${name}s` }
    if (name === 'mount' && fields.some(isVariableFrom)) {
      return { fault: "'from' doesn't support variable expansion, define alias stage instead" }
    }
  }
  return undefined
}

/** Checks the values of HEALTHCHECK's flags. */
export function checkHealthFlags(flags: readonly Flag[]): Fault | undefined {
  for (const { name, value = '' } of flags) {
    if (value === '') continue
    if (name !== 'retries') {
      const fault = checkDuration(name, value)
      if (fault !== undefined) return fault
    } else if (!/^[+-]?\d+$/.test(value) || Math.abs(Number(value)) > 2_147_483_647) {
      return { fault: `--retries is not a number: ${value}` }
    } else if (Number(value) < 0) return { fault: `--retries cannot be negative (${value})` }
  }
  return undefined
}

function checkValue({ name, value }: Flag, type: FlagType): Fault | undefined {
  if (type !== 'bool')
    return value === undefined ? { fault: `missing a value on flag: --${name}` } : undefined
  if (value === undefined || ['true', 'false'].includes(value.toLowerCase())) return undefined
  return value === ''
    ? { fault: `missing a value on flag: --${name}` }
    : { fault: `expecting boolean value for flag --${name}, not: ${value}` }
}

function isVariableFrom(field: string): boolean {
  const equals = field.indexOf('=')
  if (equals < 0 || field.slice(0, equals).toLowerCase() !== 'from') return false
  const dollar = field.indexOf('$', equals)
  return dollar >= 0 && dollar < field.length - 1
}

const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

function checkDuration(name: string, value: string): Fault | undefined {
  if (/^[+-]?0$/.test(value)) return undefined
  if (!/^[+-]?((\d+\.?\d*|\.\d+)(ns|us|ms|s|m|h))+$/.test(value)) {
    return { fault: `--${name} is not a duration: ${value}` }
  }
  let total = 0
  for (const [, number, unit] of value.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|ms|s|m|h)/g)) {
    total += Number(number) * (milliseconds[unit ?? ''] ?? 0)
  }
  if (total === 0) return undefined
  return value.startsWith('-') || total < 1
    ? { fault: `Interval "${name}" cannot be less than 1ms` }
    : undefined
}
