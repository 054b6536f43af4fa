import { mkdirSync, writeFileSync } from 'node:fs'
import escapeHtml from 'escape-html'

mkdirSync('build', { recursive: true })
writeFileSync('build/index.html', `<h1>${escapeHtml('Shop & more')}</h1>\n`)
