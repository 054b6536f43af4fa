/** Paths of lockfiles, by name. */
export const LOCKFILE =
  /lock|shrinkwrap|\.sum$|cpanfile\.snapshot$|(?:^|\/)(?:Julia)?Manifest[\w.-]*\.toml$|Package\.resolved$/
