import { resolveBundler } from './resolve-bundler.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Ruby's gems, from a Gemfile. */
export const bundler: Ecosystem = {
  id: 'bundler',
  name: 'Bundler',
  docs: 'https://bundler.io/man/bundle-install.1.html',
  commands: [
    'bundle install',
    'bundle',
    'bundle _2.4.1_ install',
    'bundle install --jobs 4 --without development test',
    'bundle install --gemfile=F',
    'bundle check || bundle install',
    'bundle config set --local deployment true',
    'bundle exec bootsnap precompile --gemfile',
  ],
  manifests: [
    'Gemfile',
    'gems.rb',
    'Gemfile.lock',
    'gems.locked',
    '.ruby-version and other files that the Gemfile reads',
    '*.gemspec and what it loads',
    'directories of path gems',
    'vendor/cache',
    '.bundle/config',
  ],
  ignore: ['.bundle', 'vendor/bundle'],
  resolve: resolveBundler,
}
