import type { Project } from '../../project.ts'

const images = ['composer']

/** The sums of the archives, which are made with the image. */
function lockOf(file: string, command: string): NonNullable<Project['lock']> {
  return { files: [file], command: `${command} update --no-install --no-scripts`, image: 'composer:2' }
}

/** Autoloaders have a random suffix; Composer's notes on downloads. */
const noise = [/\/(autoload|composer\/autoload_(real|static))\.php$/]

export const projects: readonly Project[] = [
  {
    name: 'single',
    images,
    install: /^composer install .*--no-scripts --no-autoloader/,
    build: /^composer install/,
    source: 'src/Cart.php',
    copiedTo: '/app',
    noise,
    lock: lockOf('composer.lock', 'composer'),
  },
  {
    name: 'packages',
    images,
    install: /^composer install .*--no-scripts --no-autoloader/,
    build: /^composer install/,
    source: 'src/Admin.php',
    targets: ['vendor'],
    copiedTo: '/app',
    noise,
    lock: lockOf('composer.lock', 'COMPOSER_MIRROR_PATH_REPOS=1 composer'),
  },
  {
    name: 'in-folder',
    images,
    install: /composer --working-dir=api install/,
    source: 'api/src/Api.php',
    copiedTo: '/srv',
    noise,
    lock: lockOf('api/composer.lock', 'composer --working-dir=api'),
  },
  {
    name: 'without-lockfile',
    images,
    install: /^composer install --no-scripts --no-autoloader/,
    build: /^composer install$/,
    source: 'src/Rating.php',
    copiedTo: '/var/www/html',
    noise,
  },
]
