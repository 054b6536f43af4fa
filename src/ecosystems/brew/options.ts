import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://docs.brew.sh/Manpage */
export const OPTIONS: KnownOptions = {
  flags: words(`
    --no-lock --no-upgrade --upgrade --verbose -v --quiet -q --debug -d --force -f --cleanup --all --no-restart --global
    --formula --cask --force-bottle --build-from-source -s --ignore-dependencies --only-dependencies --HEAD --fetch-HEAD
    --keep-tmp --include-test --overwrite --no-quarantine --display-times --skip-post-install --as-dependency --greedy
    --version --help -h --shallow --full --force-auto-update --custom-remote --auto-update --prune --scrub --zap --jobs
  `),
  valued: ['--file', '--cc', '--appdir', '--prune'],
}
