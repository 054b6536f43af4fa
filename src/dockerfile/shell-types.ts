import type { Range } from './types.ts'

/** A list of commands: a whole script, or the inside of a compound. All ranges are offsets into the parsed source. */
export interface Script {
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly node: Node
  /** What follows the statement; `end` when nothing does before the script or the compound ends. */
  readonly terminator: ';' | '&' | 'newline' | 'end'
}

export type Node =
  | AndOr
  | Pipeline
  | SimpleCommand
  | Subshell
  | Group
  | If
  | Loop
  | Case
  | FunctionDefinition
  | Redirected
  | OtherNode

interface NodeBase {
  readonly range: Range
}

export interface AndOr extends NodeBase {
  readonly kind: 'and-or'
  readonly parts: readonly Node[]
  /** One fewer than the parts. */
  readonly operators: readonly ('&&' | '||')[]
}

/** Commands joined by `|`; a single one when it is negated or timed. */
export interface Pipeline extends NodeBase {
  readonly kind: 'pipeline'
  readonly parts: readonly Node[]
  readonly negated: boolean
}

export interface SimpleCommand extends NodeBase {
  readonly kind: 'command'
  readonly assignments: readonly ShellAssignment[]
  /** The program and its arguments; empty for assignments or redirects alone. `[[ ]]` is spelled as a `test`. */
  readonly words: readonly ShellWord[]
  readonly redirects: readonly ShellRedirect[]
  /** The scripts of all command substitutions in words, assignments, redirects and heredocs: they run first. */
  readonly scripts: readonly Script[]
}

export interface Subshell extends NodeBase {
  readonly kind: 'subshell'
  readonly script: Script
}

export interface Group extends NodeBase {
  readonly kind: 'group'
  readonly script: Script
}

export interface If extends NodeBase {
  readonly kind: 'if'
  /** Conditions and branches in the order of the source. */
  readonly scripts: readonly Script[]
  /** `if` and each `elif`. */
  readonly branches: readonly Branch[]
  /** `else`. */
  readonly otherwise?: Script
}

export interface Branch {
  readonly condition: Script
  readonly body: Script
}

export interface Loop extends NodeBase {
  readonly kind: 'loop'
  /** The variable that the loop sets: `for name in`. */
  readonly variable?: string
  /** The words after `in`; absent for other loops, and where the loop runs over the script's arguments. */
  readonly words?: readonly ShellWord[]
  readonly body: Script
  /** Substitutions in the word list, the condition, the body. */
  readonly scripts: readonly Script[]
}

export interface Case extends NodeBase {
  readonly kind: 'case'
  /** Substitutions in the word and the patterns, and the branches. */
  readonly scripts: readonly Script[]
}

export interface FunctionDefinition extends NodeBase {
  readonly kind: 'function'
  readonly name: string
  /** Absent when the body has redirects of its own. */
  readonly body?: Node
  readonly scripts: readonly Script[]
}

/** A compound command with redirects of its own: `{ a; b; } > file`. */
export interface Redirected extends NodeBase {
  readonly kind: 'redirected'
  readonly node: Node
  readonly redirects: readonly ShellRedirect[]
  /** The scripts of command substitutions in the redirects. */
  readonly scripts: readonly Script[]
}

/** `(( ))`, `coproc`, `select`, a C-like `for`. */
export interface OtherNode extends NodeBase {
  readonly kind: 'other'
  /** All scripts nested in it. */
  readonly scripts: readonly Script[]
}

export interface ShellAssignment {
  readonly name: string
  /** Never splits at white space. Opaque for arrays, `NAME+=` and `NAME[i]=`. */
  readonly value: ShellWord
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `<>`, `<&`, `>&`, `>|`, `&>`, `&>>`, `<<<`, `<<`, `<<-`. */
  readonly operator: string
  /** Absent for heredocs. */
  readonly target?: ShellWord
  readonly fd?: number
  /** The body of a heredoc as it is spelled. */
  readonly body?: string
}

export interface ShellWord {
  /** As the source spells it. */
  readonly raw: string
  readonly range: Range
  readonly parts: readonly ShellWordPart[]
  /** Holds a wildcard outside quotes: what the word becomes depends on the files. */
  readonly hasGlob: boolean
  /** Starts with `~` outside quotes. */
  readonly tilde: boolean
  /** False where the shell does not split an expanded value at white space: assignments and redirects. */
  readonly splits: boolean
}

export type ShellWordPart =
  | { readonly kind: 'text'; readonly value: string }
  | ShellVariable
  /** A command substitution, arithmetic, braces, and what differs between shells. */
  | { readonly kind: 'opaque' }

export interface ShellVariable {
  readonly kind: 'variable'
  readonly name: string
  readonly quoted: boolean
  /** `:-`, `-`, `:+`, `+`, `:=`, `=`, `:?`, `?`, `#`, `##`, `%` or `%%`, with the word after it. */
  readonly operation?: { readonly operator: string; readonly operand: ShellWord }
}
