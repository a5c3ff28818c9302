import versionPy from '../../../../python/akita-django/src/akita_capture/version.py?raw'

/** The middleware that this server offers, in the version that it offers and nobody else can. */
const MIDDLEWARE = `akita-django==${/__version__ = "(.+)"/.exec(versionPy)?.[1] ?? 'unknown'}`

/** The server as applications and daemons see it. */
export interface ServerAddress {
  /** Scheme, host and port: `https://akita.example.com`. */
  origin: string
}

/** The lines of requirements.txt that install the middleware from this server's own package index. */
export function requirementsTxt({ origin }: ServerAddress): string {
  const { protocol, hostname } = new URL(origin)
  // pip takes packages over plain HTTP only from this machine, or from a host that it is told to trust.
  const trust = protocol === 'http:' && !isLoopback(hostname) ? [`--trusted-host ${hostname}`] : []
  return [`--extra-index-url ${origin}/simple/`, ...trust, MIDDLEWARE].join('\n')
}

/** What goes into Django's settings. */
export function djangoSettings(project: string): string {
  return [
    'MIDDLEWARE = [',
    "    'akita_django.middleware.AkitaMiddleware',",
    '    ...',
    ']',
    '',
    `AKITA_SERVICE_NAME = ${pythonString(project)}`,
    'AKITA_MIDDLEWARE_NAME = "my-laptop"  # optional: the host name unless set',
  ].join('\n')
}

/** How a daemon is started by hand. */
export function daemonCommand({ origin }: ServerAddress): string {
  return [
    'export AKITA_API_KEY_ID=<your key ID>',
    'export AKITA_API_KEY_SECRET=<your secret>',
    `akita daemon --name my-daemon --server ${origin}`,
  ].join('\n')
}

/** How the daemon becomes part of each dyno of a Heroku app. */
export function herokuCommands({ origin }: ServerAddress): string {
  return [
    'heroku config:set AKITA_API_KEY_ID=<your key ID>',
    'heroku config:set AKITA_API_KEY_SECRET=<your secret>',
    'heroku config:set AKITA_DAEMON_NAME=<daemon name>',
    `heroku config:set AKITA_SERVER=${origin}`,
    `heroku buildpacks:add --index 1 ${origin}/download/heroku-buildpack.tgz`,
  ].join('\n')
}

/** Whether a host name means the machine that names it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

/** Text as a Python literal; JSON's escapes are Python's too. */
function pythonString(text: string): string {
  return JSON.stringify(text)
}
