import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Process, type Command } from './process.ts'

/** A folder and the processes of one test: all are gone after close. */
export class Workshop {
  readonly folder: string
  readonly #processes: Process[] = []

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(): Promise<Workshop> {
    return new Workshop(await mkdtemp(join(tmpdir(), 'akita-e2e-')))
  }

  /** A path in the folder. */
  path(...parts: string[]): string {
    return join(this.folder, ...parts)
  }

  /** Starts a process, which runs until it ends or close stops it. */
  start(command: Command): Process {
    const process = new Process(command)
    this.#processes.push(process)
    return process
  }

  /** Runs a command to its end. */
  async run(command: Command): Promise<void> {
    await this.start(command).success()
  }

  /** Stops what runs, the last started first, and removes the folder. */
  async close(): Promise<void> {
    for (const process of this.#processes.reverse()) await process.stop()
    await rm(this.folder, { recursive: true, force: true })
  }
}
