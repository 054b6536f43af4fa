import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://ziglang.org/learn/build-system/ */
export const OPTIONS: KnownOptions = {
  flags: words('--fetch --verbose --summary --color -freference-trace'),
  valued: words('--build-file --cache-dir --global-cache-dir --zig-lib-dir --prefix -p --summary --color'),
  prefixes: ['-D', '-j', '-freference-trace', '--release', '-fincremental'],
}
