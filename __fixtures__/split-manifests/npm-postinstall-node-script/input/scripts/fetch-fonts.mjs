import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const list = resolve(here, '..', 'fonts.json')
const target = resolve(here, '..', 'public', 'fonts.css')

if (process.env.SKIP_FONTS) process.exit(0)
if (existsSync(resolve(here, '..', '.env'))) process.loadEnvFile()

const fonts = JSON.parse(readFileSync(list, 'utf8'))
const sheets = await Promise.all(fonts.map(async (font) => (await fetch(font)).text()))
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, sheets.join('\n'))
