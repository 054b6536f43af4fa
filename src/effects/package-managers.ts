import { words } from './words.ts'
import type { EnvEffect } from '../model/types.ts'

/** How a system's package manager is called. */
export interface PackageManager {
  readonly docs: string
  readonly names: readonly string[]
  /** Options with a value. */
  readonly valued: readonly string[]
  /** Options that name a file that is read. */
  readonly fileOptions?: readonly string[]
  /** Options that work on another root directory or write somewhere else. */
  readonly elsewhere: readonly string[]
  /** Subcommands that change the system. */
  readonly changes: readonly string[]
  /** Subcommands that put files into the working directory. */
  readonly fetches?: readonly string[]
  /** Subcommands that only tell something. */
  readonly tells: readonly string[]
  /** How the file name of a package ends. */
  readonly extension: string
  readonly env: EnvEffect
}

/** Maintainer scripts are given the whole environment; these are the variables that they and their tools read. */
const SCRIPT_ENV = ['PYTHON*', 'PERL*', 'LD_*', 'JAVA_*', 'TZ']

export const APT_ENV = [
  ...words('DEBIAN_FRONTEND DEBCONF_* APT_* UCF_* DPKG_* NEEDRESTART_* ACCEPT_EULA'),
  ...SCRIPT_ENV,
]

const apt: PackageManager = {
  docs: 'https://manpages.debian.org/stable/apt/apt-get.8.en.html',
  names: ['apt', 'apt-get', 'aptitude', 'apt-mark', 'apt-cache', 'apt-file'],
  valued: words(
    '-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P',
  ),
  fileOptions: ['-c', '--config-file'],
  elsewhere: [],
  changes: words(`
  update install reinstall upgrade dist-upgrade full-upgrade safe-upgrade remove purge autoremove
  auto-remove autopurge clean autoclean auto-clean build-dep check dselect-upgrade satisfy hold unhold
  manual auto markauto unmarkauto minimize-manual
`),
  fetches: ['download', 'source'],
  tells: words(
    'list show search policy madison depends rdepends showhold showmanual showauto stats changelog',
  ),
  extension: '.deb',
  env: APT_ENV,
}

const dpkg: PackageManager = {
  docs: 'https://manpages.debian.org/stable/dpkg/dpkg.1.en.html',
  names: ['dpkg', 'dpkg-query', 'dpkg-architecture', 'dpkg-deb'],
  valued: ['--force', '--add-architecture', '--remove-architecture'],
  elsewhere: words('--root --instdir --admindir -x --extract -X -b --build --control -e -R --recursive'),
  changes: words(
    '-i --install -r --remove -P --purge --configure --unpack --add-architecture --remove-architecture',
  ),
  tells: words(`
  -l --list -L --listfiles -s --status -S --search --print-architecture --get-selections -W --show
  --compare-versions --print-foreign-architectures --version -I --info -c --contents -q
`),
  extension: '.deb',
  env: APT_ENV,
}

/** And https://man.archlinux.org/man/apk.8. */
const apk: PackageManager = {
  docs: 'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper',
  names: ['apk'],
  valued: words(`
  -t --virtual -X --repository -p --root --keys-dir --repositories-file --arch --cache-dir --wait
  --progress-fd --timeout --cache-max-age
`),
  fileOptions: ['--keys-dir', '--repositories-file'],
  elsewhere: ['-p', '--root', '--cache-dir', '--initdb'],
  changes: ['add', 'del', 'update', 'upgrade', 'fix', 'cache'],
  fetches: ['fetch'],
  tells: ['info', 'search', 'list', 'version', 'policy', 'stats', 'dot', 'verify', 'audit'],
  extension: '.apk',
  env: ['APK_*', ...SCRIPT_ENV],
}

const dnf: PackageManager = {
  docs: 'https://dnf.readthedocs.io/en/latest/command_ref.html',
  names: ['dnf', 'dnf5', 'yum', 'microdnf', 'tdnf', 'yum-config-manager', 'yum-builddep'],
  valued: words(`
  -c --config --installroot --releasever --repo --repoid --enablerepo --disablerepo -x --exclude
  --excludepkgs --setopt --repofrompath --downloaddir --destdir --forcearch --advisory --add-repo
  --set-enabled --set-disabled --disableplugin --enableplugin --save-filename -d -e -R
`),
  fileOptions: ['-c', '--config', '--add-repo'],
  elsewhere: ['--installroot', '--downloaddir', '--destdir', '--downloadonly'],
  changes: words(`
  install reinstall localinstall update upgrade remove erase autoremove clean makecache groupinstall
  group module config-manager copr builddep build-dep swap distro-sync downgrade mark upgrade-minimal
  update-minimal groupremove versionlock
`),
  fetches: ['download'],
  tells: words('list info search repolist repoquery provides whatprovides check-update check history'),
  extension: '.rpm',
  env: ['ACCEPT_EULA', 'DNF_*', 'YUM_*', 'RPM_*', ...SCRIPT_ENV],
}

const rpm: PackageManager = {
  docs: 'https://rpm.org/docs/latest/man/rpm.8',
  names: ['rpm', 'rpmkeys'],
  valued: words('-D --define --eval -E --dbpath --root --prefix --relocate --qf --queryformat'),
  elsewhere: ['--root', '--dbpath', '--prefix', '--relocate'],
  changes: words(
    '-i --install -U --upgrade -F --freshen -e --erase --import --rebuilddb --initdb --reinstall',
  ),
  tells: ['-q', '--query', '-V', '--verify', '-K', '--checksig', '--eval', '-E', '--version'],
  extension: '.rpm',
  env: ['RPM_*', ...SCRIPT_ENV],
}

const zypper: PackageManager = {
  docs: 'https://en.opensuse.org/SDB:Zypper_manual',
  names: ['zypper'],
  valued: words('-R --root -c --config -t --type -r --repo --from -p --plus-repo --installroot --releasever'),
  fileOptions: ['-c', '--config'],
  elsewhere: ['-R', '--root', '--installroot', '--download-only', '-d'],
  changes: words(`
  install in remove rm update up dist-upgrade dup patch refresh ref addrepo ar removerepo rr
  modifyrepo mr clean cc addlock al removelock rl source-install si
`),
  tells: words('search se info if repos lr list-updates lu packages pa --version'),
  extension: '.rpm',
  env: ['ZYPP_*', 'ZYPPER_*', ...SCRIPT_ENV],
}

const pacman: PackageManager = {
  docs: 'https://man.archlinux.org/man/pacman.8',
  names: ['pacman', 'pacman-key'],
  valued: words(`
  -r --root -b --dbpath --sysroot --config --cachedir --hookdir --gpgdir --logfile --overwrite
  --ignore
`),
  fileOptions: ['--config'],
  elsewhere: words('-r --root -b --dbpath --sysroot --cachedir --hookdir --gpgdir --logfile'),
  changes: words(
    '-S --sync -U --upgrade -R --remove -D --database --init --populate --refresh-keys --recv-keys',
  ),
  tells: ['-Q', '--query', '-F', '--files', '-T'],
  extension: '.pkg.tar.zst',
  env: SCRIPT_ENV,
}

export const packageManagers: readonly PackageManager[] = [apt, dpkg, apk, dnf, rpm, zypper, pacman]
