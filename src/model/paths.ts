/** Absolute paths in the image: `/`-separated, without a trailing slash; the root is `/`. */

/**
 * Stands for the working directory that a base image sets: unknown, but the same in every build of the file. What
 * lies in it is judged as if it could be `/` as well as a directory of the application.
 */
export const BASE_WORKDIR = '/{workdir}'

/** Resolves `path` against `dir` and removes `.`, `..` and double slashes. */
export function joinPath(dir: string, path: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${dir}/${path}`).split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** Whether `path` is `dir` or lies below it. */
export function isWithin(path: string, dir: string): boolean {
  return path === dir || dir === '/' || path.startsWith(`${dir}/`)
}

/** `path` seen from `dir`, which contains it; `''` for `dir` itself. */
export function relativeTo(path: string, dir: string): string {
  if (path === dir) return ''
  return dir === '/' ? path.slice(1) : path.slice(dir.length + 1)
}

export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const STANDARD = new Set(
  '/ /usr /usr/src /usr/local /usr/local/bin /usr/local/lib /usr/local/share /usr/share /usr/bin /usr/lib /bin /sbin /lib /etc /var /var/lib /var/www /var/log /opt /srv /home /root /tmp /run /mnt /media'.split(
    ' ',
  ),
)

/** Directories that every base image with a shell has, so that creating them does nothing. */
export function isStandardDirectory(path: string): boolean {
  return STANDARD.has(path)
}

const SYSTEM_TOPS = new Set(
  'usr lib lib32 lib64 libx32 bin sbin etc var opt srv boot run root dev proc sys'.split(' '),
)
const LOCAL_SYSTEM = new Set('bin sbin lib lib64 include etc share src man games libexec'.split(' '))
const VENDORS = new Set('google microsoft gitlab splunk datadog'.split(' '))

/**
 * Whether a path lies where the operating system and its packages put files. Applications use the exempt places:
 * `/app`, `/home/x/...`, `/usr/src/app`, `/opt/x`, `/srv/x`, `/usr/local/x`, `/var/www/x`, `/root/x`, `/tmp`
 * (Debian, Fedora and Alpine packages write nothing there).
 */
export function isSystemPath(path: string): boolean {
  if (path === '/') return true
  const [top = '', second, third] = path.slice(1).split('/')
  if (top === BASE_WORKDIR.slice(1)) return second !== undefined && SYSTEM_TOPS.has(second)
  if (!SYSTEM_TOPS.has(top)) return false
  if (second === undefined) return true
  if (top === 'root') return second.startsWith('.')
  if (top === 'opt') return VENDORS.has(second)
  if (top === 'srv') return second === 'tftp' || second === 'ftp'
  if (top === 'usr' && third !== undefined) {
    if (second === 'src') return /^(linux|kernels)|-source$/.test(third)
    if (second === 'local') return LOCAL_SYSTEM.has(third)
  }
  if (top === 'var' && second === 'www') return third === undefined || third === 'html'
  if (top === 'var' && (second === 'task' || second === 'runtime')) return false
  return true
}
