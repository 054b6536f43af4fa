/** A small Dockerfile without network, and changes after which it is built again. `FROM base` is an image of the test's own. */
export interface Scenario {
  readonly name: string
  /** What `base` stands for; `busybox` unless given. */
  readonly image?: string
  readonly dockerfile: string
  /** Texts by path; the test appends a text of its own to each but the ignore file's. `-> target` makes a link. */
  readonly files: Readonly<Record<string, string>>
  /** Passed to the first build. */
  readonly args?: Readonly<Record<string, string>>
  readonly changes: readonly Change[]
}

export interface Change {
  readonly name: string
  /** New texts by path; `undefined` removes the file. */
  readonly files?: Readonly<Record<string, string | undefined>>
  readonly modes?: Readonly<Record<string, number>>
  /** Replaces the first text of the Dockerfile by the second. */
  readonly dockerfile?: readonly [string, string]
  /** Passed to the second build; those of the first when absent. */
  readonly args?: Readonly<Record<string, string>>
  /**
   * Set where what a command wrote turns out equal, which only running it shows: the model may forecast a re-run
   * where the builder finds the step cached, never the other way round.
   */
  readonly pessimistic?: true
}

const DOCKERFILE_IGNORED = { '.dockerignore': 'Dockerfile\n.dockerignore\n' }

export const scenarios: readonly Scenario[] = [
  {
    name: 'manifests, install, source',
    dockerfile: `FROM base
WORKDIR /app
COPY package.json ./
RUN cat package.json > /installed
COPY . .
RUN cat src/a.txt > /built
CMD ["sh"]
`,
    files: {
      '.dockerignore': '*.log\ndocs\n!docs/keep.txt\n',
      'package.json': '{}',
      'src/a.txt': 'a',
      'src/b.txt': 'b',
      'debug.log': 'log',
      'docs/page.txt': 'page',
      'docs/keep.txt': 'keep',
    },
    changes: [
      { name: 'nothing' },
      { name: 'a source file', files: { 'src/a.txt': 'longer' } },
      { name: 'the manifest', files: { 'package.json': '{ "name": "x" }' } },
      { name: 'a new file', files: { 'src/new/c.txt': 'c' } },
      { name: 'a removed file', files: { 'src/b.txt': undefined } },
      { name: 'an ignored file', files: { 'debug.log': 'longer' } },
      { name: 'a new file in an ignored directory', files: { 'docs/other.txt': 'other' } },
      { name: 'an excepted file in an ignored directory', files: { 'docs/keep.txt': 'longer' } },
      { name: 'the mode of a source file', modes: { 'src/a.txt': 0o755 } },
      { name: 'the mode of the manifest', modes: { 'package.json': 0o600 } },
      { name: 'a file that becomes a link', files: { 'src/b.txt': '-> a.txt' } },
      { name: 'a comment in the Dockerfile, which is copied', dockerfile: ['COPY . .', '# all\nCOPY . .'] },
      { name: 'CMD, in a Dockerfile that is copied', dockerfile: ['"sh"', '"sh", "-i"'] },
      { name: 'a pattern in the ignore file', files: { '.dockerignore': '*.log\ndocs\nsrc/b.txt\n' } },
    ],
  },
  {
    name: 'config between steps',
    dockerfile: `FROM base
LABEL version=1
ENV MODE=a OTHER=b
COPY src /src
RUN cat /src/*.txt > /out
COPY conf/app.conf /etc/app.conf
USER daemon
WORKDIR /home/x
RUN echo $MODE && \\
  echo two
EXPOSE 80
CMD ["sh"]
`,
    files: {
      ...DOCKERFILE_IGNORED,
      'src/a.txt': 'a',
      'src/sub/b.txt': 'b',
      'conf/app.conf': 'conf',
      'conf/other.conf': 'other',
      'README.md': 'readme',
    },
    changes: [
      { name: 'a comment', dockerfile: ['USER', '# who\nUSER'] },
      { name: 'a comment in a continuation', dockerfile: ['  echo two', '  # two\n  echo two'] },
      { name: 'a value of LABEL', dockerfile: ['version=1', 'version=2'] },
      { name: 'LABEL at the end', dockerfile: ['LABEL version=1\n', ''] },
      { name: 'a value of ENV', dockerfile: ['MODE=a', 'MODE=c'] },
      { name: 'ENV on two lines', dockerfile: ['MODE=a OTHER=b', 'MODE=a\nENV OTHER=b'] },
      { name: 'ENV in the old form', dockerfile: ['MODE=a OTHER=b', 'MODE a\nENV OTHER b'] },
      { name: 'quotes around a value of ENV', dockerfile: ['MODE=a', 'MODE="a"'] },
      { name: 'the order of ENV', dockerfile: ['MODE=a OTHER=b', 'OTHER=b MODE=a'] },
      { name: 'ENV set twice', dockerfile: ['ENV MODE=a', 'ENV MODE=0\nENV MODE=a'] },
      { name: 'ENV after the first RUN', dockerfile: ['COPY conf', 'ENV LATE=1\nCOPY conf'] },
      { name: 'USER', dockerfile: ['USER daemon', 'USER nobody'] },
      { name: 'USER by number', dockerfile: ['USER daemon', 'USER 1'] },
      { name: 'WORKDIR', dockerfile: ['/home/x', '/home/y'] },
      { name: 'WORKDIR in two parts', dockerfile: ['WORKDIR /home/x', 'WORKDIR /home\nWORKDIR x'] },
      { name: 'WORKDIR with a slash at its end', dockerfile: ['/home/x', '/home/x/'] },
      // The model does not know that the base image's own working directory is /.
      { name: 'WORKDIR / in between', dockerfile: ['COPY src', 'WORKDIR /\nCOPY src'], pessimistic: true },
      { name: 'the default SHELL', dockerfile: ['LABEL', 'SHELL ["/bin/sh", "-c"]\nLABEL'] },
      { name: 'another SHELL', dockerfile: ['USER', 'SHELL ["/bin/sh", "-ec"]\nUSER'] },
      { name: 'CMD', dockerfile: ['"sh"', '"sh", "-i"'] },
      { name: 'EXPOSE', dockerfile: ['EXPOSE 80', 'EXPOSE 8080'] },
      { name: 'one more space in RUN', dockerfile: ['RUN cat /src', 'RUN cat  /src'] },
      { name: 'RUN on one line', dockerfile: ['&& \\\n  echo', '&&   echo'] },
      { name: 'RUN on one line, without the indentation', dockerfile: ['&& \\\n  echo', '&& echo'] },
      { name: 'keywords in lower case', dockerfile: ['RUN cat', 'run cat'] },
      {
        name: 'RUN in exec form',
        dockerfile: ['RUN cat /src/*.txt > /out', 'RUN ["/bin/sh", "-c", "cat /src/*.txt > /out"]'],
      },
      { name: 'a source with /. at its end', dockerfile: ['COPY src /', 'COPY src/. /'] },
      { name: 'a source with ./ before it', dockerfile: ['COPY src /', 'COPY ./src /'] },
      { name: 'a destination with a slash at its end', dockerfile: ['COPY src /src', 'COPY src /src/'] },
      { name: 'COPY in JSON form', dockerfile: ['COPY src /src', 'COPY ["src", "/src"]'] },
      {
        name: 'a file outside of what is copied',
        files: { 'README.md': 'longer', 'conf/other.conf': 'longer' },
      },
      { name: 'the file that is copied by name', files: { 'conf/app.conf': 'longer' } },
      { name: 'a file that was renamed', files: { 'src/a.txt': undefined, 'src/c.txt': 'a' } },
      { name: 'a file below what is copied', files: { 'src/sub/b.txt': 'longer' } },
    ],
  },
  {
    name: 'two stages and what they hand on',
    dockerfile: `FROM base AS build
WORKDIR /w
COPY a.txt b.txt ./
COPY lib lib

FROM base AS tools
RUN echo tool > /tool

FROM base
COPY --from=build /w/a.txt /a.txt
RUN cat /a.txt
COPY --from=tools /tool /bin/tool
COPY --from=build /w/lib /lib
RUN cat /bin/tool
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a', 'b.txt': 'b', 'lib/c.txt': 'c' },
    changes: [
      { name: 'a file that is not handed on', files: { 'b.txt': 'longer' } },
      { name: 'a file that is handed on', files: { 'a.txt': 'longer' } },
      { name: 'a directory that is handed on', files: { 'lib/d.txt': 'd' } },
      { name: 'the mode of a file that is handed on', modes: { 'a.txt': 0o755 } },
      { name: 'a command with another result', dockerfile: ['echo tool', 'echo hammer'] },
      { name: 'a command with the same result', dockerfile: ['echo tool', 'echo  tool'], pessimistic: true },
      {
        name: 'the name of a stage',
        dockerfile: [
          'AS tools\nRUN echo tool > /tool\n\nFROM base\n',
          'AS tools\nRUN echo tool > /tool\n\nFROM base AS last\n',
        ],
      },
      { name: 'a stage by its number', dockerfile: ['--from=tools', '--from=1'] },
      {
        name: 'the owner of what is handed on',
        dockerfile: ['--from=build /w/a', '--from=build --chown=1:1 /w/a'],
      },
      { name: 'the working directory of the first stage', dockerfile: ['WORKDIR /w', 'WORKDIR /w/'] },
    ],
  },
  {
    name: 'stages that stand on stages',
    dockerfile: `FROM base AS deps
COPY deps.txt /deps
RUN cat /deps > /installed

FROM deps AS test
COPY test /test
RUN cat /test/t.txt

FROM deps AS app
COPY src /src
RUN cat /src/a.txt > /product

FROM scratch
COPY --from=app /src /src
COPY static /static
`,
    files: {
      ...DOCKERFILE_IGNORED,
      'deps.txt': 'deps',
      'test/t.txt': 't',
      'src/a.txt': 'a',
      'static/s.txt': 's',
    },
    changes: [
      { name: 'what all stand on', files: { 'deps.txt': 'longer' } },
      { name: 'a file of a stage that is not needed', files: { 'test/t.txt': 'longer' } },
      { name: 'a command of a stage that is not needed', dockerfile: ['RUN cat /test/t.txt', 'RUN echo no'] },
      { name: 'the source', files: { 'src/a.txt': 'longer' } },
      { name: 'a file of the last stage', files: { 'static/s.txt': 'longer' } },
      {
        name: 'a command that changes nothing that is handed on',
        dockerfile: ['> /product', '> /goods'],
        pessimistic: true,
      },
    ],
  },
  {
    name: 'build arguments',
    dockerfile: `ARG GLOBAL=1
ARG SHARED=1
FROM base
RUN echo before
ARG A=1
COPY a.txt /a.txt
RUN echo a
ARG B
RUN echo b
ARG SHARED
RUN echo shared
ARG C="1"
ENV D=$B
RUN echo $D
COPY \${SHARED}.txt /by-arg
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a', '1.txt': 'one', '2.txt': 'two' },
    changes: [
      { name: 'a default', dockerfile: ['A=1', 'A=2'] },
      { name: 'the default, passed', args: { A: '1', C: '1' } },
      { name: 'another value, passed', args: { A: '2' } },
      { name: 'a value for one without default', args: { B: '1' } },
      { name: 'an empty value for one without default', args: { B: '' } },
      { name: 'an argument that the file does not declare', args: { NONE: '1' } },
      { name: 'a global argument that no stage declares', args: { GLOBAL: '2' } },
      {
        name: 'the default of a global argument that a stage declares',
        dockerfile: ['SHARED=1', 'SHARED=2'],
      },
      { name: 'a global argument that a stage declares', args: { SHARED: '2' } },
      { name: 'a new one without value', dockerfile: ['RUN echo before', 'ARG NEW\nRUN echo before'] },
      { name: 'a new one with a value', dockerfile: ['RUN echo before', 'ARG NEW=1\nRUN echo before'] },
      { name: 'a new one behind all commands', dockerfile: ['COPY ${', 'ARG NEW=1\nCOPY ${'] },
      { name: 'a proxy, passed', args: { http_proxy: 'http://127.0.0.1:1' } },
      { name: 'quotes around a default', dockerfile: ['A=1', "A='1'"] },
    ],
  },
  {
    name: 'build arguments that were passed',
    dockerfile: `FROM base
ARG SHA
ARG MODE=dev
RUN echo one
FROM base
ARG SHA
COPY a.txt /a.txt
LABEL revision=$SHA
RUN echo two
`,
    args: { SHA: 'abc', MODE: 'prod' },
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a' },
    changes: [
      { name: 'another value', args: { SHA: 'def', MODE: 'prod' } },
      { name: 'another value where no needed stage declares it', args: { SHA: 'abc', MODE: 'dev' } },
      { name: 'not passed any more', args: {} },
      {
        name: 'declared below the command',
        dockerfile: [
          'ARG SHA\nCOPY a.txt /a.txt\nLABEL revision=$SHA\nRUN echo two',
          'COPY a.txt /a.txt\nRUN echo two\nARG SHA\nLABEL revision=$SHA',
        ],
      },
    ],
  },
  {
    name: 'the order of arguments',
    dockerfile: `FROM base
ARG A=1
ARG B=2
WORKDIR /x/$B
RUN pwd
RUN ["pwd"]
`,
    files: DOCKERFILE_IGNORED,
    changes: [
      { name: 'the other way round', dockerfile: ['ARG A=1\nARG B=2', 'ARG B=2\nARG A=1'] },
      { name: 'both in one', dockerfile: ['ARG B=2', 'ARG B=2\nARG A=1'] },
      { name: 'one that a path names', args: { B: '3' } },
      { name: 'ENV over one', dockerfile: ['WORKDIR', 'ENV A=1\nWORKDIR'] },
      { name: 'ENV with another value over one', dockerfile: ['WORKDIR', 'ENV A=5\nWORKDIR'] },
      { name: 'one that is declared again', dockerfile: ['WORKDIR', 'ARG A=1\nWORKDIR'] },
      { name: 'one that is declared again without value', dockerfile: ['WORKDIR', 'ARG A\nWORKDIR'] },
      { name: 'ENV in place of one', dockerfile: ['ARG A=1', 'ENV A=1'] },
      {
        name: 'ENV set twice, with others between',
        dockerfile: ['ARG A=1', 'ENV X=1 Y=1\nENV X=1\nARG A=1'],
      },
    ],
  },
  {
    name: 'ENV set twice',
    dockerfile: `FROM base
ENV X=1
ENV Y=1
ENV X=1
ARG Y
RUN pwd
ENV Z=$X
RUN pwd
`,
    files: DOCKERFILE_IGNORED,
    changes: [
      { name: 'the first time, not any more', dockerfile: ['ENV X=1\n', ''] },
      { name: 'the second time, not any more', dockerfile: ['ENV Y=1\nENV X=1\n', 'ENV Y=1\n'] },
      { name: 'the first time, another value', dockerfile: ['ENV X=1\n', 'ENV X=2\n'] },
      { name: 'an argument over it, passed', args: { Y: '1' } },
      { name: 'an argument over it, passed with another value', args: { Y: '2' } },
      { name: 'what an argument without value stands over', dockerfile: ['Y=1', 'Y=2'] },
    ],
  },
  {
    name: 'the base image by argument',
    dockerfile: `ARG IMAGE=busybox
ARG OTHER
FROM $IMAGE AS tools
COPY a.txt /a.txt

FROM tools
RUN cat /a.txt
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a' },
    changes: [
      { name: 'the default, passed', args: { IMAGE: 'busybox' } },
      { name: 'the source', files: { 'a.txt': 'longer' } },
      { name: 'another image, passed', args: { IMAGE: 'debian:12-slim' } },
      { name: 'another default', dockerfile: ['IMAGE=busybox', 'IMAGE=debian:12-slim'] },
      { name: 'an argument that no FROM names', args: { OTHER: '1' } },
    ],
  },
  {
    name: 'mounts',
    dockerfile: `FROM base AS made
COPY src/b.txt /made/b.txt
COPY src/a.txt /made/a.txt

FROM base
RUN --mount=type=bind,source=package.json,target=/in.json cat /in.json > /out
RUN --mount=type=cache,target=/cache echo x > /cache/x
RUN --mount=type=bind,source=src,target=/s cat /s/a.txt
RUN --mount=type=bind,from=made,source=/made/b.txt,target=/b cat /b
RUN --mount=type=tmpfs,target=/t true
`,
    files: {
      ...DOCKERFILE_IGNORED,
      'package.json': '{}',
      'src/a.txt': 'a',
      'src/b.txt': 'b',
      other: 'other',
    },
    changes: [
      { name: 'a file that is not mounted', files: { other: 'longer' } },
      { name: 'the mounted file', files: { 'package.json': '{ }' } },
      { name: 'the mode of the mounted file', modes: { 'package.json': 0o755 } },
      { name: 'a file of the mounted directory', files: { 'src/c.txt': 'c' } },
      { name: 'a file of the mounted stage', files: { 'src/b.txt': 'longer' } },
      {
        name: 'another file of the mounted stage',
        dockerfile: ['COPY src/a.txt /made/a.txt', 'COPY src/a.txt /made/c.txt'],
      },
      {
        name: 'the target of a cache',
        dockerfile: ['target=/cache echo x > /cache/x', 'target=/store echo x > /store/x'],
      },
      { name: 'the id of a cache', dockerfile: ['cache,', 'cache,id=x,'] },
      { name: 'the target of a bind', dockerfile: ['target=/s cat /s', 'target=/r cat /r'] },
      {
        name: 'one mount more',
        dockerfile: ['tmpfs,target=/t', 'tmpfs,target=/t --mount=type=tmpfs,target=/u'],
      },
    ],
  },
  {
    name: 'the whole context, mounted',
    dockerfile: `FROM base
RUN --mount=target=/in ls /in > /out
COPY a.txt /a.txt
`,
    files: { '.dockerignore': 'c.txt\n', 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' },
    changes: [
      { name: 'any file', files: { 'b.txt': 'longer' } },
      { name: 'an ignored file', files: { 'c.txt': 'longer' } },
      { name: 'a comment', dockerfile: ['COPY', '# copy\nCOPY'] },
    ],
  },
  {
    name: 'patterns',
    dockerfile: `FROM base
COPY *.txt /texts/
COPY conf/?.conf conf/main.cfg /conf/
COPY packag[e].json optional*.json /app/
RUN ls /texts
`,
    files: {
      ...DOCKERFILE_IGNORED,
      'a.txt': 'a',
      'b.txt': 'b',
      'conf/a.conf': 'a',
      'conf/main.cfg': 'main',
      'package.json': '{}',
      'README.md': 'readme',
    },
    changes: [
      { name: 'a file that matches', files: { 'b.txt': 'longer' } },
      { name: 'a new file that matches', files: { 'c.txt': 'c' } },
      { name: 'a removed file that matched', files: { 'b.txt': undefined } },
      { name: 'a new file that does not match', files: { 'src/c.txt': 'c', 'conf/long.conf': 'long' } },
      { name: 'a new file for a pattern that matched nothing', files: { 'optional.json': '{}' } },
      { name: 'another file of two sources', files: { 'conf/a.conf': 'longer' } },
      { name: 'names in place of a pattern', dockerfile: ['*.txt', 'a.txt b.txt'] },
    ],
  },
  {
    name: 'owners, modes and ADD',
    dockerfile: `FROM base
COPY --chown=1:1 a.txt /a.txt
ADD b.txt /b.txt
ADD src /src
COPY --chmod=755 ["c d.txt", "/c.txt"]
RUN true
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a', 'b.txt': 'b', 'src/s.txt': 's', 'c d.txt': 'c' },
    changes: [
      { name: 'the owner', dockerfile: ['--chown=1:1', '--chown=2:2'] },
      { name: 'no owner', dockerfile: ['--chown=1:1 ', ''] },
      { name: 'the mode that is set', dockerfile: ['--chmod=755', '--chmod=700'] },
      { name: 'the mode of a file whose mode is set', modes: { 'c d.txt': 0o700 } },
      { name: 'an added file', files: { 'b.txt': 'longer' } },
      { name: 'a file of an added directory', files: { 'src/s.txt': 'longer' } },
      { name: 'COPY in place of ADD', dockerfile: ['ADD b.txt', 'COPY b.txt'] },
      { name: 'another name in the image', dockerfile: ['/b.txt', '/B.txt'] },
    ],
  },
  {
    name: 'all that is no step',
    image: 'debian:12-slim',
    dockerfile: `FROM base
MAINTAINER someone
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
STOPSIGNAL SIGTERM
VOLUME /data
HEALTHCHECK CMD true
ONBUILD RUN echo later
ENTRYPOINT ["a"]
COPY a.txt /a.txt
RUN cat /a.txt | cat
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a' },
    changes: [
      {
        name: 'each of them',
        dockerfile: [
          'STOPSIGNAL SIGTERM\nVOLUME /data\nHEALTHCHECK CMD true\nONBUILD RUN echo later\nENTRYPOINT ["a"]\n',
          'STOPSIGNAL SIGINT\nVOLUME /data /more\nHEALTHCHECK NONE\nONBUILD RUN echo never\nENTRYPOINT ["b"]\n',
        ],
      },
      { name: 'none of them', dockerfile: ['STOPSIGNAL SIGTERM\nVOLUME /data\n', ''] },
      { name: 'SHELL', dockerfile: ['"-o", "pipefail", ', ''] },
      { name: 'the file', files: { 'a.txt': 'longer' } },
    ],
  },
  {
    name: 'triggers of a stage',
    dockerfile: `FROM base AS parent
RUN echo parent
ONBUILD COPY src /src
ONBUILD RUN cat /src/a.txt

FROM parent
COPY b.txt /b.txt
`,
    files: { ...DOCKERFILE_IGNORED, 'src/a.txt': 'a', 'b.txt': 'b' },
    changes: [
      { name: 'a file that a trigger copies', files: { 'src/a.txt': 'longer' } },
      { name: 'a file that none copies', files: { 'b.txt': 'longer' } },
      { name: 'a trigger', dockerfile: ['RUN cat /src/a.txt', 'RUN echo no'] },
    ],
  },
  {
    name: 'another image',
    dockerfile: `FROM base
COPY --from=busybox:1.36 /etc/passwd /passwd
RUN cat /passwd
COPY a.txt /a.txt
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a' },
    changes: [
      { name: 'another file of it', dockerfile: ['/etc/passwd', '/etc/group'] },
      { name: 'the source', files: { 'a.txt': 'longer' } },
      {
        name: 'the order of the last two',
        dockerfile: ['RUN cat /passwd\nCOPY a.txt /a.txt', 'COPY a.txt /a.txt\nRUN cat /passwd'],
      },
    ],
  },
  {
    name: 'the base image',
    dockerfile: `FROM base AS first
COPY a.txt /first

FROM base
COPY --from=first /first /first
RUN cat /first
`,
    files: { ...DOCKERFILE_IGNORED, 'a.txt': 'a' },
    changes: [
      { name: 'another one below the last stage', dockerfile: ['\n\nFROM base', '\n\nFROM busybox:1.36'] },
      {
        name: 'a platform',
        dockerfile: ['FROM base AS', 'FROM --platform=linux/amd64 base AS'],
        pessimistic: true,
      },
    ],
  },
]
