import { resolveBrew } from './resolve-brew.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Homebrew on Linux. */
export const brew: Ecosystem = {
  id: 'brew',
  name: 'Homebrew',
  docs: 'https://docs.brew.sh/Brew-Bundle-and-Brewfile',
  commands: [
    'brew bundle',
    'brew bundle install --file=Brewfile --no-lock',
    'brew install NAME',
    'brew tap USER/REPOSITORY',
    'brew update',
  ],
  manifests: ['Brewfile', 'Brewfile.lock.json'],
  ignore: [],
  resolve: resolveBrew,
}
