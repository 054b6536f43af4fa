/** How a builder reads the arguments of an instruction. */
export type ArgumentForm =
  /** A JSON array or a shell command. */
  | 'command'
  /** A JSON array or words. */
  | 'list'
  | 'words'
  | 'string'
  | 'pairs'
  | 'names'
  | 'trigger'
  | 'healthcheck'

export type FlagType = 'bool' | 'string' | 'strings'

export interface InstructionRule {
  readonly form: ArgumentForm
  /** Absent when the builder does not look at the flags at all. */
  readonly flags?: Readonly<Record<string, FlagType>>
  readonly minimum: number
  readonly maximum?: number
}

/** All instructions, with what BuildKit (August 2026) asks of them. */
export const instructionTable: ReadonlyMap<string, InstructionRule> = new Map<string, InstructionRule>([
  [
    'ADD',
    {
      form: 'list',
      minimum: 2,
      flags: {
        chown: 'string',
        chmod: 'string',
        link: 'bool',
        'keep-git-dir': 'bool',
        checksum: 'string',
        unpack: 'bool',
        exclude: 'strings',
      },
    },
  ],
  ['ARG', { form: 'names', minimum: 1 }],
  ['CMD', { form: 'command', minimum: 0, flags: {} }],
  [
    'COPY',
    {
      form: 'list',
      minimum: 2,
      flags: {
        chown: 'string',
        from: 'string',
        chmod: 'string',
        link: 'bool',
        exclude: 'strings',
        parents: 'bool',
      },
    },
  ],
  ['ENTRYPOINT', { form: 'command', minimum: 0, flags: {} }],
  ['ENV', { form: 'pairs', minimum: 1, flags: {} }],
  ['EXPOSE', { form: 'words', minimum: 1, flags: {} }],
  ['FROM', { form: 'words', minimum: 1, flags: { platform: 'string' } }],
  [
    'HEALTHCHECK',
    {
      form: 'healthcheck',
      minimum: 1,
      flags: {
        interval: 'string',
        timeout: 'string',
        'start-period': 'string',
        'start-interval': 'string',
        retries: 'string',
      },
    },
  ],
  ['LABEL', { form: 'pairs', minimum: 1, flags: {} }],
  ['MAINTAINER', { form: 'string', minimum: 1, maximum: 1, flags: {} }],
  ['ONBUILD', { form: 'trigger', minimum: 1, flags: {} }],
  [
    'RUN',
    {
      form: 'command',
      minimum: 0,
      flags: { mount: 'strings', network: 'string', security: 'string', device: 'strings' },
    },
  ],
  ['SHELL', { form: 'command', minimum: 1, flags: {} }],
  ['STOPSIGNAL', { form: 'string', minimum: 1, maximum: 1 }],
  ['USER', { form: 'string', minimum: 1, maximum: 1, flags: {} }],
  ['VOLUME', { form: 'list', minimum: 1, flags: {} }],
  ['WORKDIR', { form: 'string', minimum: 1, maximum: 1, flags: {} }],
])

const keywords = new Map([...instructionTable.keys()].map((keyword) => [keyword.toLowerCase(), keyword]))

/** The upper-case keyword of a word, when it is an instruction. */
export function matchKeyword(word: string): string | undefined {
  return keywords.get(word.toLowerCase())
}
