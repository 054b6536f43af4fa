import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { addFiles } from '../context/temporary-directory.ts'

/**
 * A fresh directory with these files (see `addFiles`), removed after the test. Each build of the engine tests has its
 * own: BuildKit takes a file of equal size and time in a directory that it knows for unchanged. Tests that run at once
 * cannot share the hook of `makeDirectory`, which belongs to the test that happens to be current.
 */
export function makeContextDirectory(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  files: Readonly<Record<string, string>> = {},
): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-e2e-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  addFiles(root, files)
  return root
}
