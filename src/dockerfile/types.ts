/** A half-open range of UTF-16 offsets into the text of the file. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** One word of an instruction, as the file spells it. */
export interface Word {
  /** The word with its quotes and escapes, line continuations removed. */
  readonly raw: string
  readonly range: Range
}

/** `--name=value` or `--name` before the arguments of an instruction. */
export interface Flag {
  readonly name: string
  /** Absent for `--name`. Quotes are removed, as BuildKit removes them. */
  readonly value?: string
  /** The flag as BuildKit reads it, for example `--chown=1000:1000`. */
  readonly text: string
  readonly range: Range
}

export interface Heredoc {
  readonly name: string
  /** False when the delimiter is quoted: the builder then leaves `$` alone. */
  readonly expand: boolean
  /** True for `<<-`: leading tabs are removed. */
  readonly chomp: boolean
  /** The body as the builder uses it (after `chomp`), with its final newline. */
  readonly content: string
  /** The body's range in the file, without the terminator line. */
  readonly body: Range
}

/** `KEY=value` of ENV, LABEL or ARG; ARG may lack a value. */
export interface Pair {
  /** The name, quotes removed. It may hold a variable, which the builder expands. */
  readonly name: string
  /** The value as spelled, quotes and escapes kept; absent for `ARG NAME`. */
  readonly raw?: string
  readonly range: Range
}

/** Where each character of a joined text stands in the file. */
export interface TextMap {
  /** The joined text: what the builder sees after line continuations and comments are gone. */
  readonly text: string
  /**
   * The file offset of the character at `offset` of `text` (`text.length` gives the end). For the range of a part
   * use `toFileRange`: the offset after a part may stand behind a line continuation and comments.
   */
  readonly toFile: (offset: number) => number
}

export interface Instruction {
  /** Position among the file's instructions, from 0. */
  readonly index: number
  /** Upper-case keyword: `RUN`. Always one that BuildKit knows. */
  readonly keyword: string
  readonly keywordRange: Range
  /**
   * From the keyword to the end of its last line, without the line end; heredoc bodies included, and blank and
   * comment lines that a continuation at its end swallows.
   */
  readonly range: Range
  /** 1-based, inclusive. */
  readonly startLine: number
  readonly endLine: number
  /** The whole logical line, joined as BuildKit joins it (its `original`). */
  readonly original: string
  readonly flags: readonly Flag[]
  /** What follows the flags, joined and trimmed. */
  readonly rest: TextMap
  /** The white-space separated words of `rest`; quotes do not count, as for the builder's COPY. */
  readonly words: readonly Word[]
  /** The strings of the JSON (exec) form, when it is one; for HEALTHCHECK those of its CMD. */
  readonly json?: readonly string[]
  /** Name-value pairs of ENV, LABEL and ARG. */
  readonly pairs: readonly Pair[]
  readonly heredocs: readonly Heredoc[]
  /** The triggered instruction of ONBUILD; its text, heredoc bodies included, is for `parseTrigger`. */
  readonly trigger?: { readonly keyword: string; readonly text: string }
}

/** An instruction with the comment lines directly above it: what moves as one. Blocks and gaps tile the file. */
export interface Block {
  /** From the first comment line's start to just after the instruction's line end. */
  readonly range: Range
  /** The comment lines' texts, without line ends. */
  readonly comments: readonly string[]
}

/** A stage: FROM and all up to the next FROM. */
export interface Stage {
  readonly index: number
  /** As spelled after AS; absent when the stage has no name. */
  readonly name?: string
  /** The base as spelled: an image, another stage's name, or `scratch`. */
  readonly base: string
  readonly platform?: string
  /** Indexes into `instructions`: FROM first. */
  readonly instructions: readonly number[]
}

export interface Dockerfile {
  readonly text: string
  /** The line end of the file's first line; `\n` when it has one line only. */
  readonly eol: '\n' | '\r\n'
  readonly escape: '\\' | '`'
  /** `syntax`, `escape`, `check`: lower-case name to value. */
  readonly directives: ReadonlyMap<string, string>
  readonly instructions: readonly Instruction[]
  /** One block per instruction, same index. */
  readonly blocks: readonly Block[]
  readonly stages: readonly Stage[]
  /** Indexes of the instructions (ARG) before the first FROM. */
  readonly globals: readonly number[]
}

/** Why a text is no Dockerfile that a rewriter may touch. Line and column are 1-based. */
export interface DockerfileError {
  readonly line: number
  readonly column: number
  readonly message: string
}
