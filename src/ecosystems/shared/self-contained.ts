/**
 * Whether a JavaScript config file surely needs nothing of the project besides itself: no relative import, no file
 * access, no child process. Says no in doubt.
 */
export function isSelfContained(text: string): boolean {
  if (/(?:\bfrom|\bimport|\brequire|\bresolve)\b\s*\(?\s*[`'"]\.{0,2}\//.test(text)) return false
  // An import or require of something computed.
  if (/\b(?:require|import)\s*\(\s*[^'"\s]/.test(text) || /\bcreateRequire\b/.test(text)) return false
  return !/\b(?:fs|child_process|readFile\w*|readdir\w*|exec\w*|spawn\w*|process\.chdir|eval|Function|dotenv)\b/.test(
    text,
  )
}
