import { createServer } from 'node:net'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Process } from './process.ts'
import type { Sandbox } from './sandbox.ts'

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The binary, which `make build` builds. */
export const akita = process.env.AKITA ?? `${root}/bin/akita`

export interface Server {
  process: Process
  /** Scheme, host and port. */
  url: string
  /** The one-time link for the first user, which the server prints. */
  setupLink: string
}

/** Starts `akita server` on a free port. */
export async function startServer(sandbox: Sandbox): Promise<Server> {
  const process = sandbox.start({
    name: 'akita server',
    program: akita,
    args: ['server', '--listen', `127.0.0.1:${await freePort()}`, '--data-dir', sandbox.path('server')],
  })
  const [setupLink] = await process.waitForLine(/http:\/\/\S+\/setup\?token=\S+/)
  return { process, url: new URL(setupLink).origin, setupLink }
}

/** An API key. */
export interface Key {
  id: string
  secret: string
}

export interface Daemon {
  process: Process
  /** Host and port, for AKITA_DAEMON_HOST. */
  host: string
}

/** Starts `akita daemon` on a free port, as the guide describes. Returns when it listens. */
export async function startDaemon(sandbox: Sandbox, name: string, server: Server, key: Key): Promise<Daemon> {
  const port = await freePort()
  const process = sandbox.start({
    name: 'akita daemon',
    program: akita,
    args: ['daemon', '--name', name, '--port', String(port), '--data-dir', sandbox.path('daemon')],
    env: { AKITA_SERVER: server.url, AKITA_API_KEY_ID: key.id, AKITA_API_KEY_SECRET: key.secret },
  })
  await process.waitForLine(/ listens on /)
  return { process, host: `localhost:${port}` }
}

/** Returns a free port of the loopback interface. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the listener has no port')
  return address.port
}
