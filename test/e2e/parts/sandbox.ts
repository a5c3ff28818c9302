import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Process, type Command } from './process.ts'

/** A temporary directory and the processes of a test. Close removes both. */
export class Sandbox {
  readonly #dir: string
  readonly #processes: Process[] = []

  private constructor(dir: string) {
    this.#dir = dir
  }

  static async open(): Promise<Sandbox> {
    return new Sandbox(await mkdtemp(join(tmpdir(), 'akita-e2e-')))
  }

  /** Returns a path in the directory. */
  path(...parts: string[]): string {
    return join(this.#dir, ...parts)
  }

  /** Starts a process. Close stops it if it is still running. */
  start(command: Command): Process {
    const process = new Process(command)
    this.#processes.push(process)
    return process
  }

  /** Runs a command and waits for it. Throws an error if it fails. */
  async run(command: Command): Promise<void> {
    await this.start(command).waitForSuccess()
  }

  /** Stops the processes, last started first, and removes the directory. */
  async close(): Promise<void> {
    for (const process of this.#processes.reverse()) await process.stop()
    await rm(this.#dir, { recursive: true, force: true })
  }
}
