import { BASE_WORKDIR } from './paths.ts'

/** Docker's official Composer image has worked in `/app` since its first version: https://hub.docker.com/_/composer */
const COMPOSER =
  /^(?:(?:docker\.io\/)?library\/|docker\.io\/)?composer(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/

/** The working directory that a base image begins with, as far as its name tells; a place-holder otherwise. */
export function baseWorkdir(image: string): string {
  return COMPOSER.test(image) ? '/app' : BASE_WORKDIR
}
