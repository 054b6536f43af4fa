import { findFetchStep } from './find-fetch-step.ts'
import { resolveComposer } from './resolve-composer.ts'
import type { Ecosystem } from '../../model/types.ts'

/** PHP's packages, from a composer.json. */
export const composer: Ecosystem = {
  id: 'composer',
  name: 'Composer',
  docs: 'https://getcomposer.org/doc/03-cli.md#install-i',
  commands: [
    'composer install',
    'composer install --no-dev --optimize-autoloader',
    'composer install --no-scripts --no-autoloader',
    'composer -d dir install',
    'php composer.phar install',
    'php -d memory_limit=-1 /usr/bin/composer install',
    'composer global require NAME',
    'curl -sS https://getcomposer.org/installer | php -- --install-dir=DIR --filename=composer',
    'php composer-setup.php --install-dir=DIR',
  ],
  manifests: [
    'composer.json',
    'composer.lock',
    'symfony.lock',
    'auth.json',
    'directories of path and artifact repositories',
    'patches',
    'manifests that are merged',
  ],
  ignore: ['vendor'],
  resolve: resolveComposer,
  fetch: findFetchStep,
}
