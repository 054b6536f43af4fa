#!/usr/bin/env node
import { run } from './commands/run.ts'

for (const stream of [process.stdout, process.stderr]) {
  // The reader of a pipe may leave early (`dockerfix | head`): what it does not read is not needed.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
  })
}

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  isTTY: process.stdout.isTTY,
  isErrorTTY: process.stderr.isTTY,
  stdin: async () => {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  },
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  deferInterrupts: () => {
    // A handler runs between two turns of the event loop only, and files are written within one.
    process.once('SIGINT', () => process.exit(130))
    process.once('SIGTERM', () => process.exit(143))
  },
})
