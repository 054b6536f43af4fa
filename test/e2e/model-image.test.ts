import fc from 'fast-check'
import { describe, expect, it, type TestContext } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveCommand } from '../../src/knowledge.ts'
import { buildModel, type ModelBuild } from '../../src/model/build.ts'
import { compareBuilds } from '../../src/model/compare.ts'
import { compareImages } from './compare-images.ts'
import { makeContextDirectory } from './directory.ts'
import { buildImage, type Image } from './docker.ts'

type Pair = readonly [name: string, before: string, after: string]

/** What all the images are made of. */
const files = {
  'a.txt': 'a\n',
  'b.txt': 'b\n',
  'src/a.txt': 'another a\n',
  'src/deep/c.txt': 'c\n',
}

const same: readonly Pair[] = [
  ['two copies to two places', 'COPY a.txt /a\nCOPY b.txt /b', 'COPY b.txt /b\nCOPY a.txt /a'],
  [
    'a part before the whole',
    'WORKDIR /app\nCOPY . .',
    'WORKDIR /app\nCOPY a.txt ./\nCOPY src/deep/c.txt src/deep/\nCOPY . .',
  ],
  [
    'a directory and a copy elsewhere',
    'COPY . /app\nRUN mkdir -p /data/x',
    'RUN mkdir -p /data/x\nCOPY . /app',
  ],
  [
    'a setting of the system and a copy',
    'COPY . /app\nRUN ln -sf /x /etc/localtime',
    'RUN ln -sf /x /etc/localtime\nCOPY . /app',
  ],
  ['USER and a copy', 'USER daemon\nCOPY a.txt /a', 'COPY a.txt /a\nUSER daemon'],
  ['LABEL and a command', 'LABEL a=b\nRUN mkdir /x', 'RUN mkdir /x\nLABEL a=b'],
  [
    'a stamp and a command',
    'ARG GIT_SHA=1\nRUN mkdir /x\nLABEL sha=$GIT_SHA',
    'RUN mkdir /x\nARG GIT_SHA=1\nLABEL sha=$GIT_SHA',
  ],
  [
    'ENTRYPOINT and EXPOSE',
    'EXPOSE 80\nENTRYPOINT ["a"]\nCMD ["b"]',
    'ENTRYPOINT ["a"]\nCMD ["b"]\nEXPOSE 80',
  ],
  ['two variables', 'ENV A=1\nENV B=2', 'ENV B=2\nENV A=1'],
  ['an absolute copy and WORKDIR', 'WORKDIR /w\nCOPY a.txt /a', 'COPY a.txt /a\nWORKDIR /w'],
  [
    'a copy from a stage and one from the context',
    'COPY --from=made /made /made\nCOPY a.txt /a',
    'COPY a.txt /a\nCOPY --from=made /made /made',
  ],
  ['what is overwritten, left out', 'COPY b.txt /a\nCOPY a.txt /a', 'COPY a.txt /a'],
]

const different: readonly Pair[] = [
  ['two copies to one place', 'COPY a.txt /x\nCOPY b.txt /x', 'COPY b.txt /x\nCOPY a.txt /x'],
  ['two directories with a file in common', 'COPY . /x\nCOPY src /x', 'COPY src /x\nCOPY . /x'],
  [
    'a command that looks for a copied file',
    'COPY a.txt /a\nRUN cat /a > /b || true',
    'RUN cat /a > /b || true\nCOPY a.txt /a',
  ],
  ['a command that removes a copied file', 'COPY a.txt /a\nRUN rm -f /a', 'RUN rm -f /a\nCOPY a.txt /a'],
  ['a variable that a command prints', 'ENV A=1\nRUN echo "$A" > /f', 'RUN echo "$A" > /f\nENV A=1'],
  ['an argument that a command prints', 'ARG A=1\nRUN echo "$A" > /f', 'RUN echo "$A" > /f\nARG A=1'],
  ['WORKDIR and a relative copy', 'WORKDIR /w\nCOPY a.txt ./', 'COPY a.txt ./\nWORKDIR /w'],
  ['USER and a command', 'USER daemon\nRUN touch /tmp/f', 'RUN touch /tmp/f\nUSER daemon'],
  ['USER and WORKDIR', 'USER daemon\nWORKDIR /w', 'WORKDIR /w\nUSER daemon'],
  [
    'owners of a directory on the way',
    'COPY --chown=1:1 a.txt /d/a\nCOPY b.txt /d/b',
    'COPY b.txt /d/b\nCOPY --chown=1:1 a.txt /d/a',
  ],
  [
    'modes of all in a directory',
    'RUN mkdir /d\nCOPY a.txt /d/a\nRUN chmod -R 700 /d',
    'RUN mkdir /d\nRUN chmod -R 700 /d\nCOPY a.txt /d/a',
  ],
  ['two lines of a file', 'RUN echo a >> /f\nRUN echo b >> /f', 'RUN echo b >> /f\nRUN echo a >> /f'],
  [
    'a link and what is copied through it',
    'RUN mkdir /real && ln -s /real /link\nCOPY a.txt /link/',
    'COPY a.txt /link/\nRUN mkdir /real && ln -s /real /link',
  ],
  [
    'an empty directory and a command that looks',
    'RUN mkdir -p /d/x\nRUN ls -R /d > /l || true',
    'RUN ls -R /d > /l || true\nRUN mkdir -p /d/x',
  ],
  ['USER and a relative WORKDIR', 'USER daemon\nWORKDIR sub', 'WORKDIR sub\nUSER daemon'],
  [
    'a copy through a link and a look at its target',
    'RUN mkdir /d && ln -s /d /l\nCOPY b.txt /l/\nRUN ls /d > /list',
    'RUN mkdir /d && ln -s /d /l\nRUN ls /d > /list\nCOPY b.txt /l/',
  ],
  [
    'a command through a copied link',
    'COPY . /x\nRUN touch /x/link/t\nRUN ls /x/src > /list',
    'COPY . /x\nRUN ls /x/src > /list\nRUN touch /x/link/t',
  ],
  [
    'SHELL and a CMD that uses it',
    'SHELL ["/bin/sh", "-ec"]\nCMD echo',
    'CMD echo\nSHELL ["/bin/sh", "-ec"]',
  ],
  [
    'an unknown command and a copy',
    'COPY a.txt /a\nRUN ls / > /list; sh -c "cat /list > /l2"',
    'RUN ls / > /list; sh -c "cat /list > /l2"\nCOPY a.txt /a',
  ],
]

/** The builder here makes the same of both, but the model cannot know, or another builder does not. */
const cautious: readonly Pair[] = [
  [
    'a volume and a command that writes there',
    'VOLUME /data\nRUN mkdir -p /data && echo a > /data/a',
    'RUN mkdir -p /data && echo a > /data/a\nVOLUME /data',
  ],
  [
    'an unknown command that reads nothing',
    'COPY a.txt /a\nRUN dd if=/dev/zero of=/x bs=1 count=1',
    'RUN dd if=/dev/zero of=/x bs=1 count=1\nCOPY a.txt /a',
  ],
]

describe.concurrent('the model says "the same image"', () => {
  it.for(same)('rightly: %s', async ([, before, after], context) => {
    expect(compareModels(before, after)).toEqual([])
    expect(await compareReal(before, after, context)).toEqual([])
  })

  it.for(different)('never of: %s', async ([, before, after], context) => {
    expect(compareModels(before, after)).not.toEqual([])
    expect(await compareReal(before, after, context)).not.toEqual([])
  })

  it.for(randomPairs(Number(process.env['DOCKERFIX_E2E_PAIRS'] ?? 12), Math.floor(Math.random() * 2 ** 31)))(
    'rightly, at random: %s',
    async ([, before, after], context) => {
      const first = await buildReal(before, context).catch(() => undefined)
      // A Dockerfile that does not build is no Dockerfile to rewrite.
      if (first === undefined) return
      expect(compareImages(first, await buildReal(after, context), ALL).join('\n'), after).toBe('')
    },
  )

  it.for(cautious)('rather not of: %s', async ([, before, after], context) => {
    expect(compareModels(before, after)).not.toEqual([])
    expect(await compareReal(before, after, context)).toEqual([])
  })
})

/** Steps of which some swap with each other and some do not. */
const STEPS = [
  'COPY a.txt /a',
  'COPY a.txt /d/',
  'COPY b.txt /d/a.txt',
  'COPY src /d',
  'COPY . /d',
  'COPY . ./',
  'COPY src/ src/',
  'COPY --chown=1:1 src /e/f',
  'COPY *.txt /e/',
  'ADD a.txt b.txt /e/',
  'COPY --from=made /made /d',
  'COPY --from=made /made/b.txt /a',
  'WORKDIR /d',
  'WORKDIR /e/f',
  'WORKDIR sub',
  'USER daemon',
  'USER root',
  'ENV A=1',
  'ENV A=2',
  'ARG B=1',
  'LABEL l=$B',
  'RUN mkdir -p /d/x',
  'RUN mkdir -p y',
  'RUN echo $A > /tmp/a',
  'RUN echo b >> /tmp/a',
  'RUN touch /tmp/t',
  'RUN cp /a /tmp/copy',
  'RUN rm -rf /d',
  'RUN rm -f /e/a.txt',
  'RUN chmod -R 700 /d',
  'RUN chown -R 1:1 /e',
  'RUN ln -s /d /l',
  'COPY b.txt /l/',
  'RUN touch /l/t',
  'COPY b.txt /d/link/',
  'RUN touch /d/link/t',
  'RUN ls -R /d > /tmp/list',
  'RUN mkdir /m && cp /a /m/',
  'RUN cd /d && touch z',
  'RUN mv /a /moved',
  'RUN echo "$B" | cat > /tmp/b',
  'RUN umask 077 && mkdir -p /u/v',
]

/** Lists of steps with another order of them that the model says builds the same image. */
function randomPairs(count: number, seed: number): readonly Pair[] {
  const lists = fc.tuple(
    fc.uniqueArray(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 7 }),
    fc.nat(5),
    fc.nat(5),
  )
  const pairs = fc
    .sample(lists, { seed, numRuns: 200 * count })
    .flatMap(([list, from, to]): readonly Pair[] => {
      const moved = list[from]
      if (moved === undefined || from === to || to >= list.length) return []
      const rest = list.toSpliced(from, 1).toSpliced(to, 0, moved)
      const [before, after] = [list.join('\n'), rest.join('\n')]
      return compareModels(before, after).length === 0 ? [[list.join(' / '), before, after]] : []
    })
  return pairs.slice(0, count)
}

function toText(lines: string): string {
  return `FROM busybox AS made\nCOPY b.txt /made/b.txt\n\nFROM busybox\n${lines}\n`
}

function compareModels(before: string, after: string): readonly string[] {
  return compareBuilds(toModel(before), toModel(after))
}

const tree = createMemoryTree({ ...files, link: { symlink: 'src' } })

function toModel(lines: string): ModelBuild {
  const dockerfile = parseDockerfile(toText(lines))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return buildModel(dockerfile, tree, { resolve: resolveCommand })
}

const ALL = { noise: [], changed: [], hidden: [], caches: [] }

async function compareReal(before: string, after: string, context: TestContext): Promise<readonly string[]> {
  return compareImages(await buildReal(before, context), await buildReal(after, context), ALL)
}

function buildReal(lines: string, context: TestContext): Promise<Image> {
  const ignore = 'Dockerfile\n.dockerignore\n'
  return buildImage(
    makeContextDirectory(context, {
      ...files,
      link: '-> src',
      '.dockerignore': ignore,
      Dockerfile: toText(lines),
    }),
  )
}
