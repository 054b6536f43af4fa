import { baseName, joinPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions, type Options } from './options.ts'
import { toPath } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type {
  Argument,
  Command,
  Effect,
  EnvEffect,
  ImageFiles,
  Resolve,
  WriteEffect,
} from '../model/types.ts'

/** curl and wget. */
export const downloads: Readonly<Record<string, Resolve>> = { curl: resolveCurl, wget: resolveWget }

const CURL_VALUED = [
  ...words('A b c C d D e E F h H K m o P Q r t T u U w x X y Y z').map((letter) => `-${letter}`),
  ...words(`
  --output --output-dir --header --data --data-raw --data-binary --data-ascii --data-urlencode --json
  --form --form-string --user --user-agent --proxy --proxy-user --retry --retry-delay --retry-max-time
  --max-time --connect-timeout --cacert --capath --cert --cert-type --key --key-type --pass --request
  --url --config --cookie --cookie-jar --dump-header --upload-file --write-out --resolve --connect-to
  --limit-rate --referer --range --tls-max --ciphers --tls13-ciphers --proto --proto-redir
  --proto-default --netrc-file --speed-limit --speed-time --max-redirs --interface --time-cond
  --oauth2-bearer --continue-at --stderr --trace --trace-ascii --max-filesize --noproxy --dns-servers
  --unix-socket --create-file-mode --variable --aws-sigv4 --etag-save --etag-compare --parallel-max
  --hostpubsha256 --pinnedpubkey --socks5
`),
]
/** Options that read or write further files. */
const CURL_UNUSUAL = words(`
  -K --config -T --upload-file -c --cookie-jar -D --dump-header -F --form -E --cert --key --cacert
  --capath --netrc-file --stderr --trace --trace-ascii --etag-save --etag-compare --unix-socket
  --libcurl --variable --hsts --alt-svc
`)
const CURL_ENV: EnvEffect = ['CURL_*', 'NETRC', 'SSL*', 'XDG_CONFIG_HOME']

function resolveCurl(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, CURL_VALUED)
  if (hasOption(options, ...CURL_UNUSUAL) || readsFiles(options)) return OPAQUE
  const urls = [...options.operands, ...optionValues(options, '--url')]
  if (urls.some((url) => url !== undefined && /^file:/i.test(url))) return OPAQUE
  const outputs = optionValues(options, '-o', '--output')
  const [base = '.'] = optionValues(options, '--output-dir')
  const dir = toPath(
    command,
    hasOption(options, '--output-dir') ? optionValues(options, '--output-dir')[0] : base,
  )
  if (dir === undefined) return OPAQUE
  const writes: WriteEffect[] = []
  for (const output of outputs) {
    if (output === '-' || output === '/dev/null' || output === '/dev/stdout') continue
    // `#1` stands for a part of the URL.
    const path = output?.includes('#') === true ? undefined : toPath({ ...command, cwd: dir }, output)
    if (path === undefined) return OPAQUE
    writes.push({ path })
  }
  const named = hasOption(options, '-O', '--remote-name', '--remote-name-all')
  const served = hasOption(options, '-J', '--remote-header-name')
  if (named) writes.push(...urls.map((url) => toDownload(dir, served ? undefined : url)))
  const resumes = hasOption(options, '-C', '--continue-at', '-z', '--time-cond')
  return toDownloadEffect(command, files, writes, CURL_ENV, ['.curlrc', '.config/curlrc', '.netrc'], resumes)
}

/** `-d @file`, `-H @file`, `-b file`. */
function readsFiles(options: Options): boolean {
  const data = ['--data', '--data-binary', '--data-ascii', '--data-urlencode', '--json', '--header']
  const cookies = optionValues(options, '-b', '--cookie')
  return (
    optionValues(options, '-d', '-H', ...data).some((value) => value === undefined || value.includes('@')) ||
    cookies.some((value) => value === undefined || !value.includes('='))
  )
}

const WGET_VALUED = [
  ...words('a A B D i I l o O P Q R t T U w X').map((letter) => `-${letter}`),
  ...words(`
  --output-document --directory-prefix --output-file --append-output --input-file --tries --timeout
  --wait --waitretry --user-agent --header --user --password --http-user --http-password --post-data
  --post-file --ca-certificate --ca-directory --certificate --private-key --secure-protocol --progress
  --limit-rate --base --config --execute --referer --load-cookies --save-cookies --retry-on-http-error
  --max-redirect --connect-timeout --dns-timeout --read-timeout --accept --reject --domains --level
  --cut-dirs --method --body-data --body-file --ciphers --crl-file --bind-address --quota
  --include-directories -e
`),
]
const WGET_UNUSUAL = words(`
  -i --input-file --config -e --execute --post-file --body-file --ca-certificate --ca-directory
  --certificate --private-key --load-cookies --save-cookies -o --output-file -a --append-output -b
  --background -B --base --warc-file -F --use-askpass --crl-file
`)
const WGET_ENV: EnvEffect = ['WGET*', 'NETRC', 'SSL*']

function resolveWget(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args.map(withoutPairs), WGET_VALUED)
  return hasOption(options, ...WGET_UNUSUAL) ? OPAQUE : resolveWgetOutputs(command, files, options)
}

/** `-nv`, `-nc`: options of two letters, alone or within a group of letters. */
function withoutPairs(argument: Argument): Argument {
  const match = /^-([a-zA-Z]*?)n[vcdHhp]([a-zA-Z]*)$/.exec(argument ?? '')
  if (match === null) return argument
  const rest = `${match[1] ?? ''}${match[2] ?? ''}`
  return rest === '' ? '--no-verbose' : `-${rest}`
}

function resolveWgetOutputs(command: Command, files: ImageFiles, options: Options): Effect {
  const documents = optionValues(options, '-O', '--output-document')
  const prefixes = optionValues(options, '-P', '--directory-prefix')
  const dir = toPath(command, hasOption(options, '-P', '--directory-prefix') ? prefixes.at(-1) : '.')
  if (dir === undefined) return OPAQUE
  const recursive = hasOption(
    options,
    '-r',
    '--recursive',
    '-m',
    '--mirror',
    '-x',
    '--force-directories',
    '-p',
  )
  const resumes = hasOption(options, '-c', '--continue', '-N', '--timestamping')
  const writes: WriteEffect[] = [{ path: joinPath(command.home, '.wget-hsts'), allow: 'cache' }]
  const document = documents.at(-1)
  if (documents.length > 0) {
    if (document !== '-' && document !== '/dev/null' && document !== '/dev/stdout') {
      const path = toPath(command, document)
      if (path === undefined) return OPAQUE
      writes.push({ path })
    }
  } else if (!hasOption(options, '--spider')) {
    const served = recursive || hasOption(options, '--content-disposition', '--trust-server-names', '-E')
    writes.push(...options.operands.map((url) => toDownload(dir, served ? undefined : url, files)))
  }
  return toDownloadEffect(command, files, writes, WGET_ENV, ['.wgetrc', '.netrc', '.wget-hsts'], resumes)
}

/** The file that a URL's last part names; anywhere in the directory when the name is not certain. */
function toDownload(dir: string, url: Argument, files?: ImageFiles): WriteEffect {
  const path = url?.replace(/^[a-z]+:\/\/[^/]*/i, '')
  const name = path === undefined ? '' : baseName(path)
  const plain = path !== undefined && path.includes('/') && /^[\w.+~-]+$/.test(name)
  // wget keeps a file of that name and appends `.1`.
  if (!plain || (files !== undefined && files.kind(joinPath(dir, name)) !== 'absent'))
    return { tree: dir, mode: 'merge' }
  return { path: joinPath(dir, name) }
}

function toDownloadEffect(
  command: Command,
  files: ImageFiles,
  writes: readonly WriteEffect[],
  env: EnvEffect,
  config: readonly string[],
  resumes: boolean,
): Effect {
  const outputs = writes.flatMap((write) =>
    'path' in write && write.allow === undefined ? [write.path] : [],
  )
  const looks = [...config.map((name) => joinPath(command.home, name)), ...(resumes ? outputs : [])]
  return toEffect(files, { role: 'download', looks, writes, env, system: true })
}
