import { words } from '../../effects/words.ts'
import { parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import type { Argument } from '../../model/types.ts'

/** The options of `composer install` and those of every command: https://getcomposer.org/doc/03-cli.md#install-i */
const KNOWN = {
  flags: words(`
    --prefer-source --prefer-dist --dev --no-dev --no-scripts --no-autoloader --no-progress --no-suggest
    --optimize-autoloader -o --classmap-authoritative -a --apcu-autoloader --ignore-platform-reqs --audit
    --no-interaction -n --no-ansi --ansi --quiet -q --verbose -v -vv -vvv --no-plugins --no-cache --profile --lock
    --no-audit --no-security-blocking
  `),
  valued: words(
    '--working-dir -d --prefer-install --ignore-platform-req --apcu-autoloader-prefix --audit-format',
  ),
}

export function parseComposerOptions(args: readonly Argument[]): ParsedOptions | undefined {
  return parseKnownOptions(args, KNOWN)
}

/** The word that says what to do; options stand before it too, some with a value. */
export function findVerb(args: readonly Argument[]): Argument {
  const at = args.findIndex(
    (arg, index) => !arg?.startsWith('-') && !/^(-d|--working-dir)$/.test(args[index - 1] ?? ''),
  )
  return args[at]
}

/** What a download of packages has no use for: how classes are found, and what runs afterwards. */
export function isForAutoloader(word: string): boolean {
  return /^(--(optimize-autoloader|classmap-authoritative|apcu-autoloader|apcu-autoloader-prefix=.*|no-scripts|no-autoloader|audit|audit-format=.*)|-[oa]+)$/.test(
    word,
  )
}
