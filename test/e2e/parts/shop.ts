import { root, type Daemon, type Server } from './akita.ts'
import type { Process } from './process.ts'
import type { Workshop } from './workshop.ts'

const source = `${root}/examples/django-demo`

export interface Shop {
  process: Process
  url: string
}

/** Installs the example app in a fresh virtual environment, as its README says, from the server's own package index. */
export async function installShop(workshop: Workshop, server: Server): Promise<void> {
  await workshop.run({ name: 'venv', program: 'python3', args: ['-m', 'venv', workshop.path('venv')] })
  await workshop.run({
    name: 'pip install',
    program: workshop.path('venv/bin/pip'),
    args: ['install', '--quiet', '--disable-pip-version-check', '--requirement', 'requirements.txt', '--extra-index-url', `${server.url}/simple/`],
    cwd: source,
  })
}

/** Processes of the app; each has a middleware of its own. */
const workers = 2

/** Starts the example app under gunicorn on a free port. */
export async function startShop(workshop: Workshop, daemon: Daemon): Promise<Shop> {
  const env = { DATA_DIR: workshop.path('shop'), AKITA_DAEMON_HOST: daemon.host, WEB_CONCURRENCY: String(workers) }
  for (const command of ['migrate', 'seed']) {
    await workshop.run({ name: command, program: workshop.path('venv/bin/python'), args: ['manage.py', command], cwd: source, env })
  }
  const process = workshop.start({ name: 'gunicorn', program: workshop.path('venv/bin/gunicorn'), args: ['--bind', '127.0.0.1:0', 'demo.wsgi'], cwd: source, env })
  const [, url] = await process.line(/Listening at: (http:\/\/\S+)/)
  return { process, url: url ?? '' }
}

/** Waits until the middleware of each of the app's processes has said it. */
export async function everyMiddlewareLogs({ process }: Shop, message: string): Promise<void> {
  await process.line(new RegExp(`^akita_middleware: ${message}$`), { count: workers })
}

/** Uses the app as its clients do: over HTTP, anonymously and with a token, with and without errors. Returns the number of calls. */
export async function useShop({ url }: Shop, rounds: number): Promise<number> {
  let calls = 0
  const call = async (status: number, method: string, path: string, options: { token?: string; body?: unknown } = {}): Promise<Response> => {
    const headers: Record<string, string> = {}
    if (options.token !== undefined) headers.Authorization = `Token ${options.token}`
    if (options.body !== undefined) headers['Content-Type'] = 'application/json'
    const response = await fetch(url + path, { method, headers, body: options.body === undefined ? null : JSON.stringify(options.body) })
    if (response.status !== status) throw new Error(`${method} ${path}: status ${response.status}, not ${status}: ${await response.text()}`)
    calls++
    return response
  }

  for (let round = 1; round <= rounds; round++) {
    const login = await call(200, 'POST', '/api/auth/token/', { body: { username: 'alice', password: 'a cup of tea' } })
    const { token } = (await login.json()) as { token: string }
    await call(400, 'POST', '/api/auth/token/', { body: { username: 'alice', password: 'a cup of coffee' } })
    await call(401, 'GET', '/api/users/me/')
    await call(200, 'GET', '/api/users/me/', { token })
    await call(200, 'GET', '/api/users/1/', { token })
    await call(404, 'GET', `/api/users/${1000 + round}/`, { token })
    await call(200, 'GET', '/api/articles/')
    await call(200, 'GET', '/api/articles/how-to-brew/')
    await call(201, 'POST', '/api/articles/how-to-brew/comments/', { token, body: { text: 'Lovely.', rating: round % 2 === 0 ? 5 : null } })
    await call(200, 'GET', '/api/users/1/orders/', { token })
    await call(500, 'GET', '/api/broken/')
    await call(200, 'GET', '/feed.xml')
  }
  return calls
}
