import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

const TARGETED = ['pr', 's', 'o', 'c'].flatMap((name) =>
  ['', ':a', ':b', ':h'].map((end) => `-${name}${end}`),
)
const LONG = ['profile', 'settings', 'options', 'conf'].flatMap((name) =>
  ['', ':all', ':build', ':host'].map((end) => `--${name}${end}`),
)

/** https://docs.conan.io/2/reference/commands/install.html */
export const OPTIONS: KnownOptions = {
  flags: words(`
    -nr --no-remote -u --update --lockfile-partial --lockfile-clean --lockfile-packages --deployer-folder --force -f
    --exist-ok --insecure --index --version --help -h --build -b --build-require --detect -v -vv -vvv -vquiet -verror -vwarning
    -vnotice -vstatus -vverbose -vdebug -vtrace
  `),
  valued: [
    ...TARGETED,
    ...LONG,
    ...words(`
      -r --remote -g --generator -of --output-folder -if --install-folder -l --lockfile --lockfile-out
      --lockfile-overrides --name --version --user --channel --format --out-file -d --deployer --envs-generation
      --requires --tool-requires -t --type --source-folder --target-folder -args --core-conf -cc
    `),
  ],
  prefixes: ['--build=', '-b='],
}

/** Short options may have their value behind `=` or behind the letter: `-s=build_type=Debug`, `-sbuild_type=Debug`. */
export function spreadOptions(args: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return args.flatMap((arg, index) => {
    const found = /^(-(?:pr|s|o|c|of|if|b|r|g)(?::[abh])?)=(.*)$/.exec(arg ?? '')
    const [, name, value] = found ?? []
    // `--build missing` has a value that may be left out.
    if (
      (args[index - 1] === '--build' || args[index - 1] === '-b') &&
      /^(missing|never|cascade|outdated)$/.test(arg ?? '')
    )
      return []
    return name === undefined || name === '-b' ? [arg] : [name, value]
  })
}
