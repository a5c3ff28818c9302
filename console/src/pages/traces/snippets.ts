import versionPy from '../../../../python/akita-django/src/akita_capture/version.py?raw'

/** The requirement for the middleware, pinned to the version that only this server offers. */
const MIDDLEWARE = `akita-django==${/__version__ = "(.+)"/.exec(versionPy)?.[1] ?? 'unknown'}`

/** The address of the server for apps and daemons. */
export interface ServerAddress {
  /** Scheme, host and port: `https://akita.example.com`. */
  origin: string
}

/** Returns the lines of requirements.txt that install the middleware from the package index of this server. */
export function requirementsTxt({ origin }: ServerAddress): string {
  const { protocol, hostname } = new URL(origin)
  // Over plain HTTP, pip installs packages only from this machine or from a trusted host.
  const trust = protocol === 'http:' && !isLoopback(hostname) ? [`--trusted-host ${hostname}`] : []
  return [`--extra-index-url ${origin}/simple/`, ...trust, MIDDLEWARE].join('\n')
}

/** Returns lines to add at the end of Django's settings. */
export function djangoSettings(project: string): string {
  return [
    'INSTALLED_APPS = [*INSTALLED_APPS, "akita_django"]',
    'MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware", *MIDDLEWARE]',
    `AKITA_SERVICE_NAME = ${pythonString(project)}`,
    'AKITA_MIDDLEWARE_NAME = "my-laptop"  # optional; default: the host name',
  ].join('\n')
}

/** Returns the commands that start a daemon. */
export function daemonCommand({ origin }: ServerAddress): string {
  return [
    'export AKITA_API_KEY_ID=<your key ID>',
    'export AKITA_API_KEY_SECRET=<your secret>',
    `akita daemon --name my-daemon --server ${origin}`,
  ].join('\n')
}

/** Returns the commands that add the daemon to each dyno of a Heroku app. */
export function herokuCommands({ origin }: ServerAddress): string {
  return [
    'heroku config:set AKITA_API_KEY_ID=<your key ID>',
    'heroku config:set AKITA_API_KEY_SECRET=<your secret>',
    'heroku config:set AKITA_DAEMON_NAME=<daemon name>',
    `heroku config:set AKITA_SERVER=${origin}`,
    `heroku buildpacks:add --index 1 ${origin}/download/heroku-buildpack.tgz`,
  ].join('\n')
}

/** Reports whether a host name is always the local machine. */
export function isLoopback(hostname: string): boolean {
  const isLocalhost = hostname === 'localhost' || hostname.endsWith('.localhost')
  return isLocalhost || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

/** Formats text as a Python string literal. Python knows all escapes of JSON. */
function pythonString(text: string): string {
  return JSON.stringify(text)
}
