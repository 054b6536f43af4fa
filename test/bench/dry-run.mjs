// One dry run in a process of its own: its memory's peak is that of this run alone. Prints one line of JSON.
import { spawnSync } from 'node:child_process'

const [module, cwd, options] = process.argv.slice(2)
const { fix } = await import(module)

const list = () => spawnSync('git', ['ls-files', '-z', '-s'], { cwd, encoding: 'utf8', maxBuffer: 2 ** 29 })
const listingSeconds = Math.min(time(list), time(list), time(list))
const started = process.hrtime.bigint()
const cpu = process.cpuUsage()
const report = await fix({ cwd, ...JSON.parse(options) })
const seconds = Number(process.hrtime.bigint() - started) / 1e9
const { user, system } = process.cpuUsage(cpu)

process.stdout.write(
  JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1e6,
    listingSeconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    dockerfiles: report.dockerfiles.length,
    rewritten: report.dockerfiles.filter(({ changes }) => changes.length > 0).length,
    refused: report.dockerfiles.filter(({ refusals }) => refusals.length > 0).length,
    problems: [...report.problems, ...report.dockerfiles.flatMap(({ problem }) => problem ?? [])],
  }),
)

function time(action) {
  const before = process.hrtime.bigint()
  action()
  return Number(process.hrtime.bigint() - before) / 1e9
}
