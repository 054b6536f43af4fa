import { describe, expect, it } from 'vitest'
import { dotnet } from '../../src/ecosystems/dotnet/index.ts'
import { parseSolution } from '../../src/ecosystems/dotnet/parse-solution.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = dotnet.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = {}, changes: Changes = {}) {
  const { files, looks } = fakeFiles(texts)
  const step = dotnet.fetch?.(toCommand(text, changes), files)
  return { step, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

function project(content = '', more: Texts = {}): Texts {
  return {
    '/app/Api/Api.csproj': `<Project Sdk="Microsoft.NET.Sdk">${content}</Project>`,
    '/app/Api/Program.cs': '',
    ...more,
  }
}

function sln(...paths: readonly string[]): string {
  const lines = paths.map(
    (path) => `Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "x", "${path}", "{227C}"\nEndProject\n`,
  )
  return `\nMicrosoft Visual Studio Solution File, Format Version 12.00\n${lines.join('')}`
}

const EMPTY = '<Project />'
const RESTORE = 'dotnet restore Api/Api.csproj'

describe('dotnet restore', () => {
  it.each([
    RESTORE,
    'dotnet restore ./Api',
    'dotnet restore "Api/Api.csproj"',
    '/usr/bin/dotnet restore Api/Api.csproj',
    'dotnet restore Api/Api.csproj -r linux-$TARGETARCH',
    'dotnet restore -a $TARGETARCH Api/Api.csproj',
    'dotnet restore Api/Api.csproj -p:Version=$VERSION /p:PublishReadyToRun=true -f --no-cache -v q',
    'dotnet restore Api/Api.csproj --source https://nuget.example.com/index.json --disable-parallel',
    'dotnet msbuild -t:restore Api/Api.csproj',
    'dotnet msbuild /t:Restore Api/Api.csproj -p:Configuration=Release',
  ])('%s', (text) => {
    const { effect, found, trees } = run(text, project())
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all' })
    expect(found).toEqual(['/app/Api/Api.csproj'])
    expect(trees).toEqual([])
  })

  it('takes the only project or solution of the directory', () => {
    expect(run('dotnet restore', project(), { cwd: '/app/Api' }).found).toEqual(['/app/Api/Api.csproj'])
    const both = { ...project(), '/app/Api/Api.sln': sln('Api.csproj') }
    expect(run('dotnet restore', both, { cwd: '/app/Api' }).found).toEqual([
      '/app/Api/Api.csproj',
      '/app/Api/Api.sln',
    ])
  })

  it('reads the projects of a solution and those that they refer to', () => {
    const texts = project(
      '<ItemGroup><ProjectReference Include="..\\Core\\Core.csproj;..\\Gen\\*.csproj" /></ItemGroup>',
      {
        '/app/App.sln': sln('Api\\Api.csproj'),
        '/app/Core/Core.csproj': EMPTY,
        '/app/Gen/Gen.csproj': EMPTY,
        '/app/Other/Other.csproj': EMPTY,
      },
    )
    for (const target of ['App.sln', '']) {
      const { effect, found, finds } = run(`dotnet restore ${target}`.trim(), texts)
      expect(effect).toMatchObject({ known: true })
      expect([...found].sort()).toEqual([
        '/app/Api/Api.csproj',
        '/app/App.sln',
        '/app/Core/Core.csproj',
        '/app/Gen/Gen.csproj',
      ])
      expect(finds).toContain('/app/Gen/*.csproj')
    }
  })

  it('reads what lies around a project', () => {
    const texts = project('', {
      '/app/Directory.Build.props': EMPTY,
      '/Directory.Build.props': EMPTY,
      '/app/Api/Directory.Build.targets': EMPTY,
      '/app/Directory.Packages.props': EMPTY,
      '/app/Directory.Build.rsp': '-p:x=1',
      '/app/global.json': '{}',
      '/app/Api/Api.csproj.user': EMPTY,
      '/app/Api/packages.lock.json': '{}',
      '/app/NuGet.Config':
        '<configuration><packageSources><add key="l" value="feed" /><add key="n" value="https://x.com" /></packageSources></configuration>',
      '/app/feed/a.nupkg': '',
    })
    const { effect, found, trees } = run(RESTORE, texts)
    const names = [
      'Api/Api.csproj',
      'Api/Api.csproj.user',
      'Api/Directory.Build.targets',
      'Api/packages.lock.json',
    ]
    const around = [
      'Directory.Build.props',
      'Directory.Build.rsp',
      'Directory.Packages.props',
      'NuGet.Config',
      'global.json',
    ]
    expect([...found].sort()).toEqual([...names, ...around].map((name) => `/app/${name}`).sort())
    expect(trees).toEqual(['/app/feed'])
    expect(writesOf(effect)).toContainEqual({ path: '/app/Api/packages.lock.json', allow: 'lockfile' })
    expect(writesOf(run(`${RESTORE} --locked-mode`, texts).effect).some((write) => 'path' in write)).toBe(
      false,
    )
  })

  it.each<[string, string, Texts, readonly string[]]>([
    [
      'a file beside',
      '<Import Project="build.props" />',
      { '/app/Api/build.props': EMPTY },
      ['/app/Api/build.props'],
    ],
    [
      'a file of this directory',
      '<Import Project="$(MSBuildThisFileDirectory)..\\eng\\x.props" />',
      { '/app/eng/x.props': EMPTY },
      ['/app/eng/x.props'],
    ],
    [
      'a file by a property',
      '<PropertyGroup><Eng>$(MSBuildThisFileDirectory)../eng</Eng><Eng Condition="\'$(CI)\' == \'1\'">../ci</Eng></PropertyGroup><Import Project="$(Eng)/x.props" Condition="Exists(\'$(Eng)/x.props\')" />',
      { '/app/eng/x.props': EMPTY, '/app/ci/x.props': EMPTY },
      ['/app/ci/x.props', '/app/eng/x.props'],
    ],
    [
      'a file above',
      `<Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />`,
      { '/app/Directory.Build.props': EMPTY },
      ['/app/Directory.Build.props'],
    ],
    [
      'a pattern',
      '<Import Project="../eng/*.props" />',
      { '/app/eng/a.props': EMPTY, '/app/eng/b.props': EMPTY },
      ['/app/eng/a.props', '/app/eng/b.props'],
    ],
    [
      'the SDK',
      '<Import Project="$(MSBuildExtensionsPath)\\x.targets" /><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />',
      {},
      [],
    ],
    [
      'a text file',
      "<PropertyGroup><Version>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)version.txt'))</Version></PropertyGroup>",
      { '/app/Api/version.txt': '1' },
      ['/app/Api/version.txt'],
    ],
    [
      'a file that may be there',
      '<PropertyGroup Condition="Exists(\'../ci.marker\')"><A>1</A></PropertyGroup>',
      { '/app/ci.marker': '' },
      ['/app/ci.marker'],
    ],
  ])('reads what projects import: %s', (_name, content, more, paths) => {
    const { effect, found } = run(RESTORE, project(content, more))
    expect(effect).toMatchObject({ known: true })
    expect(found.filter((path) => path !== '/app/Api/Api.csproj').sort()).toEqual(paths)
  })

  it('copies a directory that a condition asks for', () => {
    const content = '<PropertyGroup Condition="Exists(\'..\\pb\')"><A>1</A></PropertyGroup>'
    expect(run(RESTORE, project(content, { '/app/pb/a.proto': '' })).trees).toEqual(['/app/pb'])
  })

  it('reads sources and settings that the command names', () => {
    const more = { '/app/ci.config': '<configuration />', '/app/feed/a.nupkg': '' }
    const { found, trees } = run(`${RESTORE} --configfile ci.config -s feed`, project('', more))
    expect(found).toContain('/app/ci.config')
    expect(trees).toEqual(['/app/feed'])
  })

  it('writes obj of each project, and packages', () => {
    const texts = project('<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>', {
      '/app/Core/Core.csproj': EMPTY,
    })
    const writes = writesOf(run(RESTORE, texts).effect)
    expect(writes.slice(0, 3)).toEqual([
      { tree: '/app/Api/obj', mode: 'merge', allow: 'warm-up', ignore: '**/obj' },
      { tree: '/app/Core/obj', mode: 'merge', allow: 'warm-up', ignore: '**/obj' },
      { tree: '/root/.nuget/packages', mode: 'merge', allow: 'cache' },
    ])
    expect(writesOf(run(RESTORE, texts, { env: { NUGET_PACKAGES: '/nuget' } }).effect)).toContainEqual({
      tree: '/nuget',
      mode: 'merge',
      allow: 'cache',
    })
    const shared = project('', {
      '/app/Directory.Build.props':
        '<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>',
    })
    expect(writesOf(run(RESTORE, shared).effect)).toContainEqual({
      tree: '/app/artifacts',
      mode: 'merge',
      allow: 'warm-up',
      ignore: '**/artifacts',
    })
  })

  it.each<[string, string]>([
    ['unknown imports', '<Import Project="$(Unknown)/x.props" />'],
    ['a target before the restore', '<Target Name="x" BeforeTargets="Restore;Build" />'],
    ['a target that collects packages', '<Target Name="x" BeforeTargets="CollectPackageReferences" />'],
    ['listed directories', "<PropertyGroup><A>$([System.IO.Directory]::GetFiles('x'))</A></PropertyGroup>"],
    ['a computed text file', '<PropertyGroup><A>$([System.IO.File]::ReadAllText($(X)))</A></PropertyGroup>'],
    [
      'outputs elsewhere',
      '<PropertyGroup><BaseIntermediateOutputPath>../obj</BaseIntermediateOutputPath></PropertyGroup>',
    ],
    [
      'packages elsewhere',
      '<PropertyGroup><RestorePackagesPath>../packages</RestorePackagesPath></PropertyGroup>',
    ],
    ['an unknown condition', '<PropertyGroup Condition="Exists(\'$(Unknown)/x\')"><A>1</A></PropertyGroup>'],
  ])('refuses a project with %s', (_name, content) => {
    expect(run(RESTORE, project(content)).effect).toMatchObject({
      known: false,
      role: 'install',
      reason: { code: 'manifest-runs-code', file: 'Api/Api.csproj' },
    })
  })

  it('refuses a project that is no XML', () => {
    expect(run(RESTORE, project('<PropertyGroup>')).effect).toMatchObject({
      known: false,
      role: 'install',
      reason: { code: 'unreadable-manifest', file: 'Api/Api.csproj' },
    })
  })

  it('does not mind targets of the build', () => {
    const content =
      '<Target Name="x" BeforeTargets="Build"><Exec Command="$(X)" /></Target><ItemGroup><Content Include="$(Y)" /></ItemGroup>'
    expect(run(RESTORE, project(content)).effect).toMatchObject({ known: true })
  })

  const missing = (file: string, command: string) => ({ code: 'missing-file', file, command })
  it.each<[string, string, Texts, Changes, unknown]>([
    ['no project', RESTORE, {}, {}, missing('Api/Api.csproj', RESTORE)],
    [
      'nothing to restore',
      'dotnet restore',
      { '/app/x.cs': '' },
      {},
      missing('app/*.csproj', 'dotnet restore'),
    ],
    [
      'several projects',
      'dotnet restore',
      { '/app/a.csproj': EMPTY, '/app/b.csproj': EMPTY },
      {},
      { code: 'unknown-argument', text: 'dotnet restore' },
    ],
    [
      'a project that the solution lists',
      'dotnet restore A.sln',
      { '/app/A.sln': sln('B\\B.csproj') },
      {},
      missing('B/B.csproj', 'dotnet restore A.sln'),
    ],
    [
      'a project of npm',
      'dotnet restore a.esproj',
      { '/app/a.esproj': EMPTY },
      {},
      { code: 'unreadable-manifest', file: 'a.esproj', problem: 'it installs packages of another manager' },
    ],
    [
      'unknown options',
      `${RESTORE} --frob`,
      project(),
      {},
      { code: 'unknown-argument', text: `${RESTORE} --frob` },
    ],
    [
      'unknown words',
      `${RESTORE} $FLAGS`,
      project(),
      {},
      { code: 'unknown-argument', text: `${RESTORE} $FLAGS` },
    ],
    [
      'packages in the project',
      `${RESTORE} --packages ./p`,
      project(),
      {},
      { code: 'unknown-argument', text: `${RESTORE} --packages ./p` },
    ],
    [
      'unknown NUGET_PACKAGES',
      RESTORE,
      project(),
      { env: { NUGET_PACKAGES: undefined } },
      { code: 'unknown-argument', text: RESTORE },
    ],
    [
      'a settings file that moves packages',
      RESTORE,
      project('', {
        '/app/nuget.config':
          '<configuration><config><add key="globalPackagesFolder" value="p" /></config></configuration>',
      }),
      {},
      { code: 'unreadable-manifest', file: 'nuget.config', problem: expect.any(String) },
    ],
  ])('refuses: %s', (_name, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toEqual({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a project that is %s', (kind, code) => {
    const { effect } = run(RESTORE, project(), {}, { kinds: { '/app/Api/Api.csproj': kind } })
    expect(effect).toEqual({ known: false, role: 'install', reason: { code, file: 'Api/Api.csproj' } })
  })
})

describe('the fetch step', () => {
  it.each([
    ['dotnet publish Api/Api.csproj', 'dotnet restore Api/Api.csproj'],
    [
      'dotnet build "Api/Api.csproj" -c Release -o /app/build',
      'dotnet restore "Api/Api.csproj" -p:Configuration=Release',
    ],
    [
      'dotnet publish Api -c $CONFIGURATION -r linux-x64 --self-contained -p:PublishTrimmed=true -o out --nologo',
      'dotnet restore Api -p:Configuration=$CONFIGURATION -r linux-x64 -p:SelfContained=true -p:PublishTrimmed=true',
    ],
    [
      'dotnet publish Api --no-self-contained /p:Version="$VERSION" -v minimal',
      'dotnet restore Api -p:SelfContained=false /p:Version="$VERSION"',
    ],
    ['/usr/share/dotnet/dotnet test Api -f net8.0 --logger trx', '/usr/share/dotnet/dotnet restore Api'],
    [
      'dotnet pack Api --configuration=Release --include-symbols',
      'dotnet restore Api -p:Configuration=Release',
    ],
  ])('%s', (text, command) => {
    const { step, found } = fetchStep(text, project())
    expect(step).toEqual({ command, cwd: '/app' })
    const added = run(command, project())
    expect(added.effect).toMatchObject({ known: true })
    expect(added.found).toEqual(found)
    expect(writesOf(added.effect).every((write) => write.allow !== undefined)).toBe(true)
  })

  const debug =
    '<ItemGroup><PackageReference Include="a" Condition="\'$(Configuration)\' == \'Debug\'" /></ItemGroup>'
  it.each<[string, string, Texts, unknown]>([
    ['a build without restore', 'dotnet publish Api --no-restore', project(), undefined],
    ['a build of what is built', 'dotnet test Api --no-build', project(), undefined],
    ['a program', 'dotnet Api.dll', project(), undefined],
    [
      'a processor, which older SDKs do not restore for',
      'dotnet publish Api -a $TARGETARCH',
      project(),
      { code: 'unknown-argument', text: 'dotnet publish Api -a $TARGETARCH' },
    ],
    [
      'a profile',
      'dotnet publish Api -p:PublishProfile=x',
      project(),
      { code: 'unknown-argument', text: 'dotnet publish Api -p:PublishProfile=x' },
    ],
    [
      'an unknown configuration that counts',
      'dotnet publish Api',
      project(debug),
      { code: 'unknown-argument', text: '$(Configuration)' },
    ],
    [
      'a missing project',
      'dotnet publish Api/Api.csproj',
      {},
      { code: 'missing-file', file: 'Api/Api.csproj', command: 'dotnet publish Api/Api.csproj' },
    ],
  ])('is none for %s', (_name, text, texts, expected) => {
    expect(fetchStep(text, texts).step).toEqual(expected)
  })
})

describe('other commands', () => {
  it.each([
    'dotnet build',
    'dotnet publish -c Release',
    'dotnet run --project Api',
    'dotnet test',
    'dotnet msbuild x.proj',
  ])('%s is a build', (text) => {
    expect(run(text, project()).effect).toEqual({ known: false, role: 'build' })
  })

  it.each([
    ['dotnet tool install -g dotnet-ef --version 8.0.1', 'tool'],
    ['dotnet tool install --tool-path /tools dotnet-ef', 'tool'],
    ['dotnet workload install wasm-tools', 'tool'],
    ['dotnet --info', 'none'],
  ])('%s is %s', (text, role) => {
    expect(run(text, project()).effect).toMatchObject({ known: true, role })
  })

  it('restores the tools of the project', () => {
    const { effect, found } = run('dotnet tool restore', {
      '/app/.config/dotnet-tools.json': '{}',
      '/app/global.json': '{}',
    })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(['/app/.config/dotnet-tools.json', '/app/global.json'])
  })

  it.each([
    'dotnet ef database update',
    'dotnet nuget add source x',
    'dotnet tool install --add-source ./p -g x',
    'dotnet new console',
    'dotnet Api.dll',
  ])('%s may do anything', (text) => {
    expect(run(text, project()).effect).toEqual({ known: false })
  })

  it('dotnet add edits a project', () => {
    expect(run('dotnet add package Dapper', project()).effect).toMatchObject({
      role: 'install',
      reason: { code: 'edits-manifest' },
    })
  })

  it.each(['nuget restore', 'msbuild -t:restore'])('%s is not its own', (text) => {
    expect(run(text).effect).toBeUndefined()
  })
})

describe('reading solutions', () => {
  it('knows the three kinds', () => {
    expect(
      parseSolution(
        'a.sln',
        `\uFEFF${sln('A\\A.csproj')}Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "f", "f", "{1}"\n`,
      ),
    ).toEqual({ projects: ['A\\A.csproj'] })
    expect(
      parseSolution(
        'a.slnx',
        '<Solution><Folder Name="/f/"><Project Path="A/A.csproj" /></Folder><Project Path="B.fsproj" /></Solution>',
      ),
    ).toEqual({
      projects: ['A/A.csproj', 'B.fsproj'],
    })
    expect(parseSolution('a.slnf', '{"solution":{"path":"a.sln","projects":["A\\\\A.csproj"]}}')).toEqual({
      projects: ['A\\A.csproj'],
      base: 'a.sln',
    })
  })

  it.each([
    ['a.sln', 'x'],
    ['a.sln', `${sln('A.csproj')}<<<<<<< HEAD\n`],
    ['a.slnx', '<Solution>'],
    ['a.slnf', '{}'],
    ['a.slnf', '{'],
  ])('gives up on a broken %s', (name, text) => {
    expect(typeof parseSolution(name, text)).toBe('string')
  })
})
