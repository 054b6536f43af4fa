import { words } from '../../effects/words.ts'
/** Options with a value. https://pip.pypa.io/en/stable/cli/pip/ and https://pip.pypa.io/en/stable/cli/pip_install/ */
export const PIP_VALUED: readonly string[] = words(`
  -r --requirement -c --constraint -e --editable -t --target --prefix --root --src --platform
  --python-version --implementation --abi --upgrade-strategy -C --config-settings --config-setting
  --global-option --install-option --build-option --no-binary --only-binary --progress-bar
  --root-user-action --report --group --build-constraint -i --index-url --pypi-url --extra-index-url
  -f --find-links -d --dest -w --wheel-dir --proxy --retries --timeout --exists-action --trusted-host
  --cert --client-cert --cache-dir --log --log-file --keyring-provider --python --use-feature
  --use-deprecated --uploaded-prior-to --hash --format --path --exclude --editor
`)

/** Options without a value; one that stands in neither list may name a file. */
export const PIP_FLAGS: ReadonlySet<string> = new Set(
  words(`
  -q -v -h -U -I -V -y --quiet --verbose --help --version --isolated --debug --no-input --no-color
  --require-virtualenv --no-cache-dir --disable-pip-version-check --no-python-version-warning
  --no-deps --no-dependencies --pre --dry-run --user --no-user --upgrade --force-reinstall
  --ignore-installed --ignore-requires-python --no-build-isolation --use-pep517 --no-use-pep517
  --check-build-dependencies --break-system-packages --compile --no-compile --no-warn-script-location
  --no-warn-conflicts --prefer-binary --require-hashes --no-clean --no-index --yes --no-verify
  --no-require-hashes --egg --all --local --outdated --uptodate --not-required
`),
)
