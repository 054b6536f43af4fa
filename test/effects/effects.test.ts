import { describe, expect, it } from 'vitest'
import { effects, resolveEffect } from '../../src/effects/index.ts'
import { fakeFiles } from '../ecosystems/fake-files.ts'
import { toCommand } from './to-command.ts'
import type { Effect } from '../../src/model/types.ts'

const PROJECT = {
  '/app/tool.deb': 'binary',
  '/app/server.js': 'start()',
  '/app/public/index.html': '<html>',
  '/app/entrypoint.sh': '#!/bin/sh',
  '/app/SUMS': 'abc123  tool.deb\nabc124 */tmp/x\n',
}

/** One line per effect: role, writes, looks; `opaque` for what is not known, `-` for what is not a known command. */
function describeEffect(text: string, env: Record<string, string | undefined> = {}): string {
  const { files, looks } = fakeFiles(PROJECT)
  const effect = resolveEffect(toCommand(text, { env }), files)
  if (effect === undefined) return '-'
  if (!effect.known) return 'opaque'
  const { paths, trees, finds } = looks()
  const parts = [
    `${effect.role}${effect.pure === true ? ' pure' : ''}`,
    ...toWriteList(effect),
    ...paths.map((path) => `look ${path}`),
    ...trees.map((path) => `read ${path}`),
    ...finds.map((path) => `find ${path}`),
  ]
  return parts.join(', ')
}

function toWriteList(effect: Effect): readonly string[] {
  if (!effect.known) return []
  return effect.writes.map((write) => {
    const allow = write.allow === undefined ? '' : ` (${write.allow})`
    if ('path' in write) return `write ${write.path}${allow}`
    if ('tree' in write) return `${write.mode} ${write.tree}${allow}`
    return 'system'
  })
}

const GIT_HOME = ['.gitconfig', '.config/git/config', '.config/git/attributes', '.git-credentials', '.netrc']
  .map((name) => `look /root/${name}`)
  .join(', ')
const CURL_HOME = 'look /root/.curlrc, look /root/.config/curlrc, look /root/.netrc'
const WGET_HOME = 'look /root/.wgetrc, look /root/.netrc, look /root/.wget-hsts'

const TABLE: Record<string, readonly (readonly [string, string])[]> = {
  questions: [
    ["jq -r '.name' package.json", 'none, read /app/package.json'],
    ["jq -r --arg x y '.name'", 'none'],
    ["jq --slurpfile x list.json '.name'", 'none, read /app/list.json'],
    ['jq -f filter.jq public/index.html', 'none, read /app/public/index.html, read /app/filter.jq'],
    ['jq -L lib .name', 'opaque'],
    ['envsubst', 'none'],
    [
      "envsubst '${PORT}' < nginx.template > /etc/nginx/nginx.conf",
      'files, write /etc/nginx/nginx.conf, look /app/nginx.template, look /etc/nginx/nginx.conf',
    ],
    [
      'envsubst < nginx.template > /etc/nginx/nginx.conf',
      'files, write /etc/nginx/nginx.conf, look /app/nginx.template, look /etc/nginx/nginx.conf',
    ],
    ["awk '{print}' server.js", 'none pure, read /app/server.js'],
    ["awk -F : 'NR==1' /etc/passwd", 'none, read /etc/passwd'],
    ["awk '{print > 1}' server.js", 'opaque'],
    ["awk '{system(1)}' server.js", 'opaque'],
    ['awk -f script.awk server.js', 'opaque'],
    ['sysctl -n hw.ncpu', 'none pure'],
    ['sysctl -w vm.max_map_count=1', 'opaque'],
    ['pkg-config --libs --cflags icu-uc', 'none'],
    ['pkg-config --libs ./icu.pc', 'opaque'],
    ['xx-info arch', 'none pure'],
    ['visudo -c -f /etc/sudoers.d/dev', 'none, look /etc/sudoers.d/dev'],
    ['visudo -f /etc/sudoers.d/dev', 'opaque'],
    ['dos2unix entrypoint.sh', 'files, write /app/entrypoint.sh, look /app/entrypoint.sh, look /app'],
    ['dos2unix -n a b', 'opaque'],
    ['sha256sum server.js', 'none pure, read /app/server.js'],
    ['sha256sum -c', 'opaque'],
    ['sha256sum -c -', 'opaque'],
    ['sha256sum -c SUMS', 'none pure, look /app/SUMS, read /app/SUMS, read /app/tool.deb, read /tmp/x'],
    ['sha256sum -c server.js', 'opaque'],
  ],
  'remote scripts': [
    ['remote-script https://deb.nodesource.com/setup_20.x', 'system, system, merge /root/.gnupg'],
    ['remote-script https://rpm.nodesource.com/setup_lts.x', 'system, system, merge /root/.gnupg'],
    ['remote-script https://deb.nodesource.com/setup_20.x -x', 'opaque'],
    ['remote-script https://example.com/install.sh', 'opaque'],
    ['remote-script https://sh.rustup.rs', 'opaque'],
    ['remote-script https://sh.rustup.rs -y nightly', 'opaque'],
    [
      'install-php-extensions @composer gd-stable xdebug',
      'system, system, merge /usr/src/php, merge /tmp, write /root/.pearrc, look /root/.pearrc',
    ],
    [
      'install-php-extensions php-memcached-dev/php-memcached@v3.2.0',
      'system, system, merge /usr/src/php, merge /tmp, write /root/.pearrc, look /root/.pearrc',
    ],
    ['install-php-extensions /app/extension', 'opaque'],
    ['install-php-extensions $EXTENSIONS', 'opaque'],
  ],
  'system packages': [
    ['apt-get update', 'system, system'],
    ['apt-get install -y --no-install-recommends curl ca-certificates', 'system, system'],
    ['apt-get -qq -y -o Dpkg::Options::="--force-confold" install git', 'system, system'],
    ['apt-get -o Dir::Etc=/app/apt install git', 'opaque'],
    ['apt-get install -y nginx=$NGINX_VERSION', 'system, system, merge /var/www'],
    ['apt-get install -y $PACKAGES', 'system, system, merge /var/www'],
    ['apt-get install -y $WHATEVER', 'opaque'],
    ['apt-get install -y $(cat packages.txt)', 'opaque'],
    ['apt-get install -y ./tool_$VERSION.deb', 'opaque'],
    ['apt-get install -y linux-headers-$(uname)', 'system, system'],
    ['apt-get $VERB curl', 'opaque'],
    ['apt-get install -y ./tool.deb', 'system, system, read /app/tool.deb'],
    ['apt-get install -y foo/bookworm-backports', 'system, system'],
    ['apt-get install -y "php8.1-*"', 'system, system'],
    ['apt-get install -y php8.1-*', 'system, system, read /app'],
    ['apt-get install -y google-chrome-stable', 'system, system, merge /opt/google'],
    ['apt-get download curl', 'download, merge /app'],
    ['apt-cache policy curl', 'none'],
    ['apt-get frobnicate', 'opaque'],
    ['apt-get clean', 'system, system'],
    ['/usr/bin/apt-get update', 'system, system'],
    ['./apt-get update', '-'],
    ['dpkg -i tool.deb', 'system, system, read /app/tool.deb'],
    ['dpkg -i *.deb', 'system, system, read /app'],
    ['dpkg --add-architecture i386', 'system, system'],
    ['dpkg --root=/mnt -i tool.deb', 'opaque'],
    ['dpkg --print-architecture', 'none'],
    ['apk add --no-cache --virtual .build-deps $PHPIZE_DEPS', 'system, system'],
    ['apk add --no-cache curl', 'system, system'],
    ['apk del .build-deps', 'system, system'],
    ['apk add --allow-untrusted glibc.apk', 'system, system, read /app/glibc.apk'],
    ['apk --root /mnt add curl', 'opaque'],
    ['dnf install -y --setopt=install_weak_deps=False httpd', 'system, system, merge /var/www'],
    ['yum localinstall -y ./x.rpm', 'system, system, read /app/x.rpm'],
    ['dnf config-manager --add-repo https://example.com/x.repo', 'system, system'],
    ['yum-config-manager --add-repo local.repo', 'system, system, read /app/local.repo'],
    ['microdnf clean all', 'system, system'],
    ['rpm -Uvh https://example.com/x.rpm', 'system, system'],
    ['rpm --import key.asc', 'system, system'],
    ['rpm -qa', 'none'],
    ['zypper -n install curl', 'system, system'],
    ['pacman -Syu --noconfirm git', 'system, system'],
    ['pacman -Q', 'none'],
  ],
  downloads: [
    [
      'curl -fsSL https://example.com/a -o /usr/local/bin/a',
      `download, write /usr/local/bin/a, ${CURL_HOME}`,
    ],
    ['curl -fsSLo a.tgz https://example.com/a.tgz', `download, write /app/a.tgz, ${CURL_HOME}, look /app`],
    ['curl -LO https://example.com/a.tgz?x=1', `download, merge /app, ${CURL_HOME}`],
    ['curl -LO https://example.com/a-1.2.tgz', `download, write /app/a-1.2.tgz, ${CURL_HOME}, look /app`],
    ['curl -fsSL $URL', `download, ${CURL_HOME}`],
    ['curl -o $FILE https://example.com/a', 'opaque'],
    ['curl -o /tmp/#1 https://example.com/{a,b}', 'opaque'],
    ['curl --proto =https --tlsv1.2 -sSf https://sh.rustup.rs', `download, ${CURL_HOME}`],
    ['curl -d @data.json https://example.com', 'opaque'],
    ['curl -K curl.conf https://example.com', 'opaque'],
    ['curl file:///app/server.js', 'opaque'],
    ['curl --version', 'none'],
    ['wget -qO- https://example.com/a', `download, write /root/.wget-hsts (cache), ${WGET_HOME}`],
    [
      'wget -nv -O /tmp/a https://example.com/a',
      `download, write /root/.wget-hsts (cache), write /tmp/a, ${WGET_HOME}`,
    ],
    [
      'wget https://example.com/a.zip',
      `download, write /root/.wget-hsts (cache), write /app/a.zip, look /app/a.zip, ${WGET_HOME}, look /app`,
    ],
    [
      'wget https://example.com/server.js',
      `download, write /root/.wget-hsts (cache), merge /app, look /app/server.js, ${WGET_HOME}`,
    ],
    [
      'wget -P /tmp https://example.com/a.zip',
      `download, write /root/.wget-hsts (cache), write /tmp/a.zip, look /tmp/a.zip, ${WGET_HOME}`,
    ],
    ['wget -i urls.txt', 'opaque'],
    [
      'git clone --depth 1 https://github.com/a/b.git /opt/b',
      `download, merge /opt/b, ${GIT_HOME}, read /root/.ssh`,
    ],
    [
      'git clone https://github.com/a/b.git',
      `download, merge /app/b, ${GIT_HOME}, look /app, read /root/.ssh`,
    ],
    ['git clone git@github.com:a/b', `download, merge /app/b, ${GIT_HOME}, look /app, read /root/.ssh`],
    ['git clone ./lib /opt/lib', 'opaque'],
    [
      'git config --global user.name x',
      `files, write /root/.gitconfig, merge /root/.config/git, look /app/.git, look /.git, ${GIT_HOME}`,
    ],
    ['git init', `files, merge /app/.git, ${GIT_HOME}, look /app, read /app/.git`],
    ['git init -q -b main .', `files, merge /app/.git, ${GIT_HOME}, look /app, read /app/.git`],
    ['git init /srv/x', 'opaque'],
    ['git init --bare', 'opaque'],
    ['git config user.name x', 'opaque'],
    ['git rev-parse HEAD', '-'],
    ['git submodule update --init', '-'],
  ],
  archives: [
    ['tar -xzf /tmp/a.tgz -C /opt/a', 'files, merge /opt/a, read /tmp/a.tgz'],
    ['tar xzf a.tgz', 'files, merge /app, read /app/a.tgz'],
    ['tar -xz -C /usr/local --strip-components=1', 'files, merge /usr/local'],
    ['tar xzf a.tgz -C $DIR', 'opaque'],
    ['tar -xPf a.tar', 'opaque'],
    ['tar -czf /tmp/out.tgz public', 'files, write /tmp/out.tgz, read /app/public'],
    ['tar -tf a.tar', 'none, read /app/a.tar'],
    ['unzip -q /tmp/a.zip -d /opt/a', 'files, merge /opt/a, read /tmp/a.zip'],
    ['unzip a.zip', 'files, merge /app, read /app/a.zip'],
    ['gunzip /tmp/a.gz', 'files, write /tmp/a, replace /tmp/a.gz, read /tmp/a.gz'],
    ['gunzip -c /tmp/a.gz', 'none, read /tmp/a.gz'],
    ['xz -d a.xz', 'files, write /app/a, replace /app/a.xz, look /app, read /app/a.xz'],
  ],
  files: [
    ['mkdir -p /app/logs', 'files pure, write /app/logs, look /app/logs, look /app'],
    ['mkdir -p /etc/x', 'files, write /etc/x, look /etc/x'],
    ['mkdir -p ~/.ssh', 'files, write /root/.ssh, look /root/.ssh'],
    ['mkdir -p /data/{a,b}', 'files pure, merge /data, look /data'],
    ['mkdir -p $DIR', 'opaque'],
    ['touch server.log', 'files pure, write /app/server.log, look /app/server.log, look /app'],
    ['rm -rf /var/lib/apt/lists/*', 'files, merge /var/lib/apt/lists, read /var/lib/apt/lists'],
    [
      'rm -rf node_modules',
      'files pure, replace /app/node_modules, look /app/node_modules, look /app, read /app/node_modules',
    ],
    ['rm -f a.txt', 'files pure, replace /app/a.txt, look /app/a.txt, look /app'],
    ['rm -rf *', 'files pure, merge /app, read /app'],
    ['rm -rf /', 'opaque'],
    ['rm -rf $DIR/x', 'opaque'],
    ['chmod +x entrypoint.sh', 'files pure, write /app/entrypoint.sh, look /app/entrypoint.sh, look /app'],
    ['chmod -x entrypoint.sh', 'files pure, write /app/entrypoint.sh, look /app/entrypoint.sh, look /app'],
    ['chmod -R 755 public', 'files pure, merge /app/public, look /app, read /app/public'],
    ['chown -R 1000:1000 /data', 'files pure, merge /data, read /data'],
    ['chown root:root /data', 'files pure, write /data, look /data'],
    ['chown -R app:app /app', 'files, merge /app, read /app'],
    ['chown -R $UID /app', 'files, merge /app, read /app'],
    ['chmod 755 *.sh', 'files pure, merge /app, read /app'],
    ['ln -sf /usr/bin/python3 /usr/bin/python', 'files, merge /usr/bin/python, look /usr/bin/python'],
    ['ln -snf /usr/share/zoneinfo/$TZ /etc/localtime', 'files, write /etc/localtime, look /etc/localtime'],
    ['ln -s ../lib/cli.js /usr/local/bin/', 'files, merge /usr/local/bin/cli.js'],
    ['ln -s /opt/x/bin/x /usr/local/bin', 'files, merge /usr/local/bin/x'],
    ['ln a.txt b.txt', 'files pure, merge /app/b.txt, look /app/b.txt, look /app, read /app/a.txt'],
    [
      'cp .env.example .env',
      'files pure, merge /app/.env, look /app/.env, look /app, read /app/.env.example',
    ],
    ['cp -r public /srv/www/', 'files pure, merge /srv/www/public, look /srv/www, read /app/public'],
    ['cp -r public/. /srv/www', 'files pure, merge /srv/www, look /srv/www, read /app/public'],
    ['cp *.sh /opt/x/', 'files pure, merge /opt/x, read /app'],
    ['cp --parents a b', 'opaque'],
    ['cp $FILE /opt/x', 'opaque'],
    [
      'mv server.js public',
      'files pure, merge /app/public/server.js, replace /app/server.js, look /app/public, look /app, read /app/server.js',
    ],
    [
      'install -m 755 a.sh /usr/local/bin/a',
      'files, merge /usr/local/bin/a, look /usr/local/bin/a, read /app/a.sh',
    ],
    ['install -d -o app /data', 'files, write /data, look /data'],
    ['echo hello', 'none pure'],
    ['echo x > /etc/y', 'files, write /etc/y, look /etc/y'],
    ['echo x >> notes.txt', 'files pure, write /app/notes.txt, look /app/notes.txt, look /app'],
    ['echo $X > notes.txt', 'files pure, write /app/notes.txt, look /app/notes.txt, look /app'],
    ['echo x > $FILE', 'opaque'],
    ['cat < server.js', 'none pure, look /app/server.js'],
    ['cat server.js', 'none pure, read /app/server.js'],
    ['tee /etc/x', 'files, write /etc/x, look /etc/x'],
    ['sed -i s/a/b/ server.js', 'files pure, write /app/server.js, look /app/server.js, look /app'],
    ['sed -i "s/a/$B/" server.js', 'files pure, write /app/server.js, look /app/server.js, look /app'],
    ['sed -i -e s/a/b/ -e s/c/d/ /etc/locale.gen', 'files, write /etc/locale.gen, look /etc/locale.gen'],
    ['sed -i "s/a/b/w out.txt" server.js', 'opaque'],
    ['sed -i "/x/r extra.txt" server.js', 'opaque'],
    ['sed -i.bak s/a/b/ server.js', 'opaque'],
    ['sed s/a/b/ server.js', 'none pure, read /app/server.js'],
    ['grep -q start server.js', 'none pure, read /app/server.js'],
    ['grep -rn start', 'none pure, read /app'],
    ['find . -name *.pyc -delete', 'files pure, merge /app, read /app'],
    ['find /app -type d -exec chmod 755 {} +', 'files pure, merge /app, read /app'],
    ['find . -exec cp {} /tmp ;', 'opaque'],
    ['find public -type f', 'none pure, read /app/public'],
    ['sort -o x x', 'opaque'],
    ['truncate -s 0 a.log', 'files pure, write /app/a.log, look /app/a.log, look /app'],
    ['mktemp -d', 'files pure, merge /tmp'],
  ],
  shell: [
    ['true', 'none pure'],
    [':', 'none pure'],
    ['sleep 1', 'none pure'],
    ['test -f server.js', 'none pure, look /app/server.js'],
    ['[ -n "$X" ]', 'none pure'],
    ['[ "$X" = "-f" ]', 'none pure'],
    ['[ ! -d public ]', 'none pure, look /app/public'],
    ['[ -f $FILE ]', 'opaque'],
    ['[ $OP server.js ]', 'opaque'],
    ['[ a -nt b ]', 'opaque'],
    ['[ -f server.js', 'opaque'],
    ['ls', 'none pure, read /app'],
    ['ls -la public', 'none pure, read /app/public'],
    ['id', 'none'],
    ['which node', 'none'],
    ['date', 'opaque'],
    ['node --version', 'none'],
    ['node server.js', '-'],
    ['exit 1', 'none pure'],
    ['exit', 'opaque'],
    ['exit 0', 'opaque'],
    ['sh script.sh', '-'],
    ['bash', '-'],
    ['make', '-'],
    ['constructor', '-'],
  ],
  users: [
    ['useradd -m -u 1000 app', 'files, system, merge /home/app, look /home/app'],
    ['useradd -r app', 'files, system'],
    ['useradd -r -m -d /srv/app app', 'files, system, merge /srv/app, look /srv/app'],
    ['useradd -m $USER', 'opaque'],
    ['useradd -u $UID -M app', 'files, system'],
    ['adduser -S -D -H app', 'files, system'],
    ['adduser -D -h /app app', 'files, system, merge /app, look /app'],
    ['adduser --disabled-password --gecos "" app', 'files, system, merge /home/app, look /home/app'],
    ['adduser app www-data', 'files, system'],
    ['addgroup -S app', 'files, system'],
    ['groupadd -g 1000 app', 'files, system'],
    ['usermod -aG docker app', 'files, system'],
    ['usermod -u 1000 www-data', 'files, system, merge /var/www'],
    ['usermod -u 1000 app', 'opaque'],
    ['userdel -r node', 'opaque'],
    ['userdel node', 'files, system'],
    ['chpasswd', 'files, system'],
  ],
  'system configuration': [
    ['update-ca-certificates', 'system, system'],
    ['locale-gen en_US.UTF-8', 'system, system'],
    ['ldconfig', 'system, system'],
    ['ldconfig /opt/x/lib', 'system, system, merge /opt/x/lib, look /opt/x'],
    [
      'update-alternatives --install /usr/bin/py py /opt/py/bin/python 1',
      'system, system, look /usr/bin/py, look /opt/py/bin/python',
    ],
    ['update-alternatives --install /usr/bin/py py $PY 1', 'opaque'],
    ['debconf-set-selections preseed.txt', 'system, system, merge /root/.gnupg, look /app/preseed.txt'],
    ['apt-key add key.asc', 'system, system, merge /root/.gnupg, look /app/key.asc'],
    ['setcap cap_net_bind_service=+ep /app/server', 'files, write /app/server, look /app/server, look /app'],
    [
      'gpg --dearmor -o /usr/share/keyrings/x.gpg',
      'files, write /usr/share/keyrings/x.gpg, merge /root/.gnupg, look /usr/share/keyrings/x.gpg',
    ],
    ['gpg --batch --keyserver keys.openpgp.org --recv-keys $KEY', 'files, merge /root/.gnupg'],
    ['docker-php-ext-install -j4 gd', 'system, system, merge /usr/src/php'],
    ['docker-php-ext-install $EXTENSIONS', 'system, system, merge /usr/src/php'],
    ['pecl install redis', 'system, system, merge /tmp/pear, write /root/.pearrc, look /app/redis'],
    ['pecl install', 'opaque'],
  ],
  tools: [
    [
      'gem install bundler -v 2.4',
      'tool, system, merge /usr/local/bundle, merge /root/.gem, merge /root/.local/share/gem, merge /root/.cache/gem, look /root/.gemrc, find /app/bundler*.gem',
    ],
    [
      'cargo install ripgrep',
      'tool, merge /usr/local/cargo, merge /root/.cargo, merge /usr/local/rustup, merge /root/.rustup, look /app/rust-toolchain, look /app/rust-toolchain.toml, look /rust-toolchain, look /rust-toolchain.toml, look /root/.gitconfig, look /root/.netrc',
    ],
    ['cargo install --path .', '-'],
    ['cargo install', 'opaque'],
    ['cargo build --release', '-'],
    ['pipx install ./tool', 'opaque'],
  ],
}

for (const [family, rows] of Object.entries(TABLE)) {
  describe(family, () => {
    it.each(rows)('%s', (text, expected) => {
      expect(describeEffect(text)).toBe(expected)
    })
  })
}

describe('environment and options', () => {
  it('does not follow a GNUPGHOME that is not known', () => {
    expect(describeEffect('gpg --import key.asc', { GNUPGHOME: undefined })).toBe('opaque')
  })

  it('does not resolve a path above a working directory that only the base image names', () => {
    const command = toCommand('touch ../x', { cwd: '/{workdir}' })
    expect(resolveEffect(command, fakeFiles({}).files)).toEqual({ known: false })
  })

  it('keeps the braces of an unknown working directory', () => {
    const effect = resolveEffect(toCommand('touch x', { cwd: '/{workdir}' }), fakeFiles({}).files)
    expect(effect).toMatchObject({ known: true, writes: [{ path: '/{workdir}/x' }] })
  })

  it('makes an empty file for a redirection without a command', () => {
    const command = {
      ...toCommand('> /app/x'),
      name: undefined,
      program: undefined,
      args: [],
      outputs: ['/app/x'],
    }
    expect(resolveEffect(command, fakeFiles({}).files)).toMatchObject({
      known: true,
      writes: [{ path: '/app/x' }],
    })
  })

  it('tells an unknown package from an unknown command', () => {
    const effect = resolveEffect(toCommand('apt-get install $X'), fakeFiles({}).files)
    expect(effect).toEqual({
      known: false,
      role: 'system',
      reason: { code: 'unknown-argument', text: 'apt-get install $X' },
    })
  })

  it.each([
    ['curl git', true],
    ['curl ./tool.deb', false],
    ['tool.deb', false],
    ['', false],
  ])('takes a variable that holds %j for names: %s', (value, known) => {
    const command = toCommand('apt-get install -y $TOOLS', { env: { TOOLS: value } })
    expect(resolveEffect(command, fakeFiles({}).files)?.known).toBe(known)
  })

  it('gives maintainer scripts their variables', () => {
    const effect = resolveEffect(toCommand('apt-get update'), fakeFiles({}).files)
    expect(effect).toMatchObject({
      env: expect.arrayContaining(['DEBIAN_FRONTEND', 'DEBCONF_*', 'PYTHON*', 'TZ']),
    })
  })

  it('knows each command by one name', () => {
    for (const name of effects.keys()) expect(name).toMatch(/^[\w.:[-]+$/)
  })
})
