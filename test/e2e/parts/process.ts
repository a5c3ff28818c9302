import { spawn, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A command to run. */
export interface Command {
  /** Its name in messages. */
  name: string
  program: string
  args: string[]
  cwd?: string
  /** The environment, besides PATH and HOME. */
  env?: Record<string, string>
}

/** A running process, and the lines that it has written so far. */
export class Process {
  readonly lines: string[] = []
  readonly #name: string
  readonly #child: ChildProcess
  readonly #events = new EventEmitter()
  readonly #ended: Promise<void>
  #exit: string | undefined

  constructor(command: Command) {
    this.#name = command.name
    this.#child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // its own process group, so that stop reaches its children
    })
    this.#events.setMaxListeners(0)
    this.#collect(this.#child.stdout)
    this.#collect(this.#child.stderr)
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#end(error.message)
        resolve()
      })
      this.#child.once('close', (code, signal) => {
        this.#end(`exit ${code ?? signal}`)
        resolve()
      })
    })
  }

  /** Waits until `count` lines match, counting those already written, and returns the last match. */
  async waitForLine(pattern: RegExp, { count = 1, timeoutMs = 20_000 } = {}): Promise<RegExpExecArray> {
    const deadline = AbortSignal.timeout(timeoutMs)
    for (let next = 0, found = 0; ; ) {
      for (; next < this.lines.length; next++) {
        const match = pattern.exec(this.lines[next] ?? '')
        if (match !== null && ++found === count) return match
      }
      const wanted = `${count} × ${pattern}, has ${found}`
      if (this.#exit !== undefined) {
        throw new Error(`${this.#name} ended (${this.#exit}): want ${wanted}:\n${this.tail()}`)
      }
      try {
        await once(this.#events, 'change', { signal: deadline })
      } catch {
        throw new Error(`${this.#name} after ${timeoutMs} ms: want ${wanted}:\n${this.tail()}`)
      }
    }
  }

  /** Waits until the process ends. Throws an error if its exit code is not 0. */
  async waitForSuccess(): Promise<void> {
    await this.#ended
    if (this.#exit !== 'exit 0') throw new Error(`${this.#name} failed (${this.#exit}):\n${this.tail()}`)
  }

  /** Terminates the process and its children, and kills them after a grace period. */
  async stop(graceMs = 10_000): Promise<void> {
    this.#signal('SIGTERM')
    const grace = setTimeout(() => { this.#signal('SIGKILL') }, graceMs)
    await this.#ended
    clearTimeout(grace)
    this.#signal('SIGKILL') // for children that are still running
  }

  /** Returns the last lines, for messages. */
  tail(): string {
    return this.lines.slice(-30).map((line) => `  ${line}`).join('\n')
  }

  #collect(stream: Readable | null): void {
    if (stream === null) return
    createInterface({ input: stream }).on('line', (line) => {
      this.lines.push(line)
      this.#events.emit('change')
    })
  }

  #end(reason: string): void {
    this.#exit = reason
    this.#events.emit('change')
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return
    try {
      process.kill(-this.#child.pid, signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}
