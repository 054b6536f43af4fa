/** Whether a file of this name is taken for a Dockerfile when a directory is searched. */
export function isDockerfileName(name: string): boolean {
  return DOCKERFILE.test(name) && !NO_DOCKERFILE.test(name)
}

const DOCKERFILE = /^(?:[Dd]ockerfile(?:\..+)?|.+\.[Dd]ockerfile|Containerfile(?:[._-].+)?)$/

/** Ignore files, what editors and merges leave behind, and templates, whose text is no Dockerfile yet. */
const NO_DOCKERFILE =
  /^[.#]|~$|#$|\.(?:dockerignore|bak|backup|orig|rej|old|save|tmp|sw[a-p]|j2|jinja2?|tmpl|tpl|template|erb|mustache|hbs|md)$/i

/** Whether a file of this name is read as a compose file (https://docs.docker.com/reference/compose-file/). */
export function isComposeName(name: string): boolean {
  return /^(?:docker-)?compose(?:[._-].+)?\.ya?ml$/.test(name)
}

/** Folders that hold other people's code, or nobody's. */
export const VENDORED: ReadonlySet<string> = new Set(['node_modules', 'vendor', 'third_party', '.git'])
