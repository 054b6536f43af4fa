import { findFetchStep } from './find-fetch-step.ts'
import { resolveDotnet } from './resolve-dotnet.ts'
import type { Ecosystem } from '../../model/types.ts'

/** NuGet packages of .NET projects. */
export const dotnet: Ecosystem = {
  id: 'dotnet',
  name: '.NET',
  docs: 'https://learn.microsoft.com/dotnet/core/tools/dotnet-restore',
  commands: [
    'dotnet restore',
    'dotnet restore PROJECT',
    'dotnet restore SOLUTION.sln',
    'dotnet restore PROJECT -r linux-x64',
    'dotnet restore --configfile nuget.config --locked-mode',
    'dotnet msbuild -t:restore',
    'dotnet tool restore',
    'dotnet tool install -g NAME',
    'dotnet workload install NAME',
  ],
  manifests: [
    '*.csproj, *.fsproj, *.vbproj and every project that they refer to',
    '*.sln, *.slnx, *.slnf',
    'Directory.Build.props, Directory.Build.targets, Directory.Packages.props and what projects import',
    'packages.lock.json',
    'nuget.config and local package sources',
    'global.json',
    '.config/dotnet-tools.json',
  ],
  ignore: ['**/obj', '**/bin/Debug', '**/bin/Release'],
  resolve: resolveDotnet,
  fetch: findFetchStep,
}
