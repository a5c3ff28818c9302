import { root, type Daemon, type Server } from './akita.ts'
import type { Process } from './process.ts'
import type { Sandbox } from './sandbox.ts'

const source = `${root}/examples/django-demo`

export interface Shop {
  process: Process
  url: string
}

/** Installs the example app in a new virtual environment, with the middleware from the server's package index. */
export async function installShop(sandbox: Sandbox, server: Server): Promise<void> {
  await sandbox.run({ name: 'venv', program: 'python3', args: ['-m', 'venv', sandbox.path('venv')] })
  await sandbox.run({
    name: 'pip install',
    program: sandbox.path('venv/bin/pip'),
    args: [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--requirement',
      'requirements.txt',
      '--extra-index-url',
      `${server.url}/simple/`,
    ],
    cwd: source,
  })
}

/** The number of worker processes of the app. Each has its own middleware. */
const workers = 2

/** Starts the example app under gunicorn on a free port. */
export async function startShop(sandbox: Sandbox, daemon: Daemon): Promise<Shop> {
  const env = { DATA_DIR: sandbox.path('shop'), AKITA_DAEMON_HOST: daemon.host, WEB_CONCURRENCY: String(workers) }
  const python = sandbox.path('venv/bin/python')
  for (const command of ['migrate', 'seed']) {
    await sandbox.run({ name: command, program: python, args: ['manage.py', command], cwd: source, env })
  }
  const process = sandbox.start({
    name: 'gunicorn',
    program: sandbox.path('venv/bin/gunicorn'),
    args: ['--bind', '127.0.0.1:0', 'demo.wsgi'],
    cwd: source,
    env,
  })
  const [, url] = await process.waitForLine(/Listening at: (http:\/\/\S+)/)
  return { process, url: url ?? '' }
}

/** Waits until the middleware of every worker has logged a message. */
export async function waitForMiddlewares({ process }: Shop, message: string): Promise<void> {
  await process.waitForLine(new RegExp(`^akita_middleware: ${message}$`), { count: workers })
}

interface CallOptions {
  token?: string
  /** Sent as JSON. */
  body?: unknown
}

/**
 * Calls the app over HTTP, anonymously and with a token, with and without errors.
 * Returns the number of calls.
 */
export async function callShop({ url }: Shop, rounds: number): Promise<number> {
  let calls = 0
  const call = async (status: number, method: string, path: string, { token, body }: CallOptions = {}) => {
    const headers: Record<string, string> = {}
    if (token !== undefined) headers.Authorization = `Token ${token}`
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const content = body === undefined ? null : JSON.stringify(body)
    const response = await fetch(url + path, { method, headers, body: content })
    if (response.status !== status) {
      throw new Error(`${method} ${path}: status ${response.status}, want ${status}: ${await response.text()}`)
    }
    calls++
    return response
  }

  for (let round = 1; round <= rounds; round++) {
    const right = { username: 'alice', password: 'a cup of tea' }
    const wrong = { username: 'alice', password: 'a cup of coffee' }
    const comment = { text: 'Lovely.', rating: round % 2 === 0 ? 5 : null }
    const login = await call(200, 'POST', '/api/auth/token/', { body: right })
    const { token } = (await login.json()) as { token: string }
    await call(400, 'POST', '/api/auth/token/', { body: wrong })
    await call(401, 'GET', '/api/users/me/')
    await call(200, 'GET', '/api/users/me/', { token })
    await call(200, 'GET', '/api/users/1/', { token })
    await call(404, 'GET', `/api/users/${1000 + round}/`, { token })
    await call(200, 'GET', '/api/articles/')
    await call(200, 'GET', '/api/articles/how-to-brew/')
    await call(201, 'POST', '/api/articles/how-to-brew/comments/', { token, body: comment })
    await call(200, 'GET', '/api/users/1/orders/', { token })
    await call(500, 'GET', '/api/broken/')
    await call(200, 'GET', '/feed.xml')
  }
  return calls
}
