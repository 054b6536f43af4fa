import { describe, expect, it } from 'vitest'
import { hatch } from '../../src/ecosystems/hatch/index.ts'
import { createRun, refusal } from './create-run.ts'

const run = createRun(hatch, { '/app/pyproject.toml': '' })

describe('hatch', () => {
  it.each(['hatch env create', 'hatch -v env create docs', 'hatch run test', 'python -m hatch env create'])(
    '%s installs the project',
    (text) => {
      expect(run(text).effect).toEqual(refusal({ code: 'installs-project', text }))
    },
  )

  it.each(['hatch build', 'hatch version', 'hatch dep show requirements', 'hatch'])(
    '%s is opaque',
    (text) => {
      expect(run(text).effect).toEqual({ known: false })
    },
  )

  it('knows its version, and leaves other commands alone', () => {
    expect(run('hatch --version').effect).toMatchObject({ known: true, role: 'none' })
    expect(run('pip install hatch').effect).toBeUndefined()
    expect(run('hatchling build').effect).toBeUndefined()
  })
})
