import { resolveDart } from './resolve-dart.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Packages of Dart and Flutter, from a pubspec.yaml. */
export const dart: Ecosystem = {
  id: 'dart',
  name: 'pub',
  docs: 'https://dart.dev/tools/pub/cmd/pub-get',
  commands: [
    'dart pub get',
    'dart pub get --offline',
    'dart pub get --enforce-lockfile',
    'dart pub get -C dir',
    'flutter pub get',
    'pub get',
    'dart pub global activate NAME',
  ],
  manifests: [
    'pubspec.yaml',
    'pubspec.lock',
    'pubspec_overrides.yaml',
    'pubspec.yaml of workspace members and path dependencies',
  ],
  ignore: ['**/.dart_tool', '.packages', '.flutter-plugins', '.flutter-plugins-dependencies'],
  resolve: resolveDart,
}
