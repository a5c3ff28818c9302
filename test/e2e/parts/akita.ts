import { createServer } from 'node:net'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Process } from './process.ts'
import type { Workshop } from './workshop.ts'

/** The repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The binary that `make build` makes. */
export const akita = process.env.AKITA ?? `${root}/bin/akita`

export interface Server {
  process: Process
  /** Where it answers. */
  url: string
  /** The one-time link for the first user, as it was printed. */
  setupLink: string
}

/** Starts `akita server` on a free port. */
export async function startServer(workshop: Workshop): Promise<Server> {
  const process = workshop.start({
    name: 'akita server',
    program: akita,
    args: ['server', '--listen', `127.0.0.1:${await freePort()}`, '--data-dir', workshop.path('server')],
  })
  const [setupLink] = await process.line(/http:\/\/\S+\/setup\?token=\S+/)
  return { process, url: new URL(setupLink).origin, setupLink }
}

/** An API key, as the console shows it. */
export interface Key {
  id: string
  secret: string
}

export interface Daemon {
  process: Process
  /** host:port, as a middleware takes it. */
  host: string
}

/** Starts `akita daemon` on a free port, with the environment that the guide says. */
export async function startDaemon(workshop: Workshop, name: string, server: Server, key: Key): Promise<Daemon> {
  const port = await freePort()
  const process = workshop.start({
    name: 'akita daemon',
    program: akita,
    args: ['daemon', '--name', name, '--port', String(port), '--data-dir', workshop.path('daemon')],
    env: { AKITA_SERVER: server.url, AKITA_API_KEY_ID: key.id, AKITA_API_KEY_SECRET: key.secret },
  })
  return { process, host: `localhost:${port}` }
}

/** A port of the loopback that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the listener has no port')
  return address.port
}
