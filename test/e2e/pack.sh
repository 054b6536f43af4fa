#!/usr/bin/env bash
# Packs the program, installs the tarball into an empty project, and runs it there on a repository.
set -euo pipefail
cd "$(dirname "$0")/../.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
tarball=$(npm pack --silent --pack-destination "$place")

tar -tzf "$place/$tarball" >"$place/files"
strange=$(grep -vE '^package/(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist/(src|transforms)/.*\.(js|d\.ts))$' "$place/files" || true)
[ -z "$strange" ] || { echo "the tarball holds more than it needs: $strange"; exit 1; }
grep -q '^package/dist/src/index\.d\.ts$' "$place/files"
size=$(stat -c %s "$place/$tarball")
[ "$size" -lt 500000 ] || { echo "the tarball has $size bytes"; exit 1; }

mkdir "$place/project" "$place/repository"
cd "$place/project"
npm init --yes >/dev/null
npm install --no-audit --no-fund "$place/$tarball"
[ "$(npx dockerfix --version)" = "$(node -p 'require("./node_modules/dockerfix/package.json").version')" ]

cd "$place/repository"
git init --quiet
printf 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n' >Dockerfile
printf 'six==1.17.0\n' >requirements.txt
printf 'import six\n' >app.py
git add --all
dockerfix() { "$place/project/node_modules/.bin/dockerfix" "$@"; }
if dockerfix --check >/dev/null; then echo '--check did not find the work'; exit 1; fi
dockerfix --format diff | git apply
diff <(printf 'FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n') Dockerfile
dockerfix --check
dockerfix --format json | head -c 100 >/dev/null
echo "packed, installed and run: $size bytes"
