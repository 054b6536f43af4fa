import { describe, expect, it } from 'vitest'
import { pixi } from '../../src/ecosystems/pixi/index.ts'
import { createRun, placeOf, refusal, type Changes, type Texts } from './create-run.ts'
import type { Reason } from '../../src/findings/reasons.ts'

const TOML =
  '[workspace]\nchannels = ["conda-forge"]\nplatforms = ["linux-64"]\n[dependencies]\npython = "3.12.*"\n'
const APP: Texts = { '/app/pixi.toml': TOML, '/app/pixi.lock': 'version: 6\n', '/app/app.py': '' }
const MANIFESTS = ['/app/pixi.toml', '/app/pixi.lock']
const run = createRun(pixi, APP)

describe('pixi install', () => {
  it.each<[string, Changes?]>([
    ['pixi install'],
    ['pixi install --locked -e prod'],
    ['pixi install --frozen --all -v'],
    ['/usr/local/bin/pixi i --locked'],
    ['pixi install --locked', { cwd: '/app/src' }],
    ['pixi install --manifest-path /app/pixi.toml', { cwd: '/' }],
  ])('%s', (text, changes = {}) => {
    const { effect, found } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
  })

  it('reads pyproject.toml only with a table of pixi', () => {
    const own = {
      '/app/pyproject.toml': '[tool.pixi.workspace]\nchannels = ["conda-forge"]\n',
      '/app/pixi.lock': '',
    }
    expect(run('pixi install --locked', own).effect).toMatchObject({ known: true })
    expect(
      run('pixi install --locked', { '/app/pyproject.toml': '[project]\nname = "x"\n' }).effect,
    ).toMatchObject({ known: false })
  })

  it('writes its environments, and keeps settings that are committed', () => {
    expect(run('pixi install --locked').kept).toEqual(['/app/.pixi'])
    expect(run('pixi install --locked').writes[0]).toEqual({
      tree: '/app/.pixi',
      mode: 'merge',
      ignore: '**/.pixi',
    })
    const configured = run('pixi install --locked', { ...APP, '/app/.pixi/config.toml': '' })
    expect(configured.found).toContain('/app/.pixi/config.toml')
    expect(configured.writes[0]).toEqual({ tree: '/app/.pixi/envs', mode: 'merge', ignore: '**/.pixi/envs' })
    expect(run('pixi install').writes).toContainEqual({ path: '/app/pixi.lock', allow: 'lockfile' })
    expect(run('pixi install', { '/app/pixi.toml': TOML }).kept).toContain('/app/pixi.lock')
    expect(run('pixi install', APP, { env: { PIXI_CACHE_DIR: '/c' } }).writes.map(placeOf)).toContain('/c')
  })
})

describe('refusals', () => {
  it.each<[string, Texts, Reason]>([
    ['pixi install', {}, { code: 'missing-file', file: 'pixi.toml', command: 'pixi install' }],
    ['pixi add numpy', APP, { code: 'edits-manifest', command: 'pixi add numpy', file: 'pixi.toml' }],
    ['pixi install --skip x', APP, { code: 'unknown-argument', text: 'pixi install --skip x' }],
    [
      'pixi install',
      { ...APP, '/app/pixi.toml': `${TOML}[pypi-dependencies]\nshop = { path = ".", editable = true }\n` },
      { code: 'installs-project', file: 'pixi.toml', text: 'path = "."' },
    ],
    [
      'pixi install',
      { ...APP, '/app/pixi.toml': `${TOML}[feature.dev.dependencies]\nmoney = { path = "libs/money" }\n` },
      { code: 'local-dependency', file: 'pixi.toml', dependency: 'libs/money' },
    ],
    [
      'pixi install',
      { ...APP, '/app/pixi.toml': `${TOML}[activation]\nscripts = ["env.sh"]\n` },
      { code: 'lifecycle-script', file: 'pixi.toml', script: 'activation', command: 'env.sh' },
    ],
    [
      'pixi install',
      { ...APP, '/app/pixi.toml': TOML.replace('"conda-forge"', '"./channel"') },
      { code: 'local-dependency', file: 'pixi.toml', dependency: './channel' },
    ],
  ])('%s (%#)', (text, texts, reason) => {
    expect(run(text, texts).effect).toEqual(refusal(reason))
  })

  it('not the tasks, which are for later', () => {
    const texts = {
      ...APP,
      '/app/pixi.toml': `${TOML}[tasks]\nbuild = { cmd = "make", cwd = "x", path = "y" }\n`,
    }
    expect(run('pixi install --locked', texts).effect).toMatchObject({ known: true })
  })
})

describe('other commands', () => {
  it.each([
    ['pixi --version', 'none'],
    ['pixi global install ripgrep', 'tool'],
    ['pixi clean cache -y', 'files'],
  ])('%s is %s', (text, role) => {
    expect(run(text).effect).toMatchObject({ known: true, role })
  })

  it.each(['pixi run start', 'pixi shell-hook -s bash', 'pixi global install ./x.conda', 'pixi'])(
    '%s is opaque',
    (text) => {
      expect(run(text).effect).toEqual({ known: false })
    },
  )
})
