import { describe, expect, it } from 'vitest'
import { daemonCommand, djangoSettings, herokuCommands, isLoopback, requirementsTxt } from './snippets'

// Public package indexes reject versions with a local label.
const PINNED = expect.stringMatching(/^akita-django==\d+\.\d+\.\d+\+akita$/) as string

describe('setup snippets', () => {
  it.each([
    ['https://akita.example.com', ['--extra-index-url https://akita.example.com/simple/', PINNED]],
    ['http://127.0.0.1:8080', ['--extra-index-url http://127.0.0.1:8080/simple/', PINNED]],
    [
      'http://192.168.1.5:8080',
      ['--extra-index-url http://192.168.1.5:8080/simple/', '--trusted-host 192.168.1.5', PINNED],
    ],
  ])('requirementsTxt for %s', (origin, expected) => {
    expect(requirementsTxt({ origin }).split('\n')).toEqual(expected)
  })

  it.each([
    ['django-demo', 'AKITA_SERVICE_NAME = "django-demo"'],
    ['My "shop"', String.raw`AKITA_SERVICE_NAME = "My \"shop\""`],
  ])('djangoSettings for the project %s', (project, line) => {
    expect(djangoSettings(project)).toContain(line)
  })

  it('the commands contain the address of the server', () => {
    const server = { origin: 'https://akita.example.com' }
    expect(daemonCommand(server)).toContain('akita daemon --name my-daemon --server https://akita.example.com')
    expect(herokuCommands(server)).toContain('AKITA_SERVER=https://akita.example.com')
    expect(herokuCommands(server)).toContain('https://akita.example.com/download/heroku-buildpack.tgz')
  })

  it.each([
    ['localhost', true],
    ['akita.localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['10.0.0.1', false],
    ['127.0.0.1.example.com', false],
  ])('isLoopback(%s) is %s', (hostname, expected) => {
    expect(isLoopback(hostname)).toBe(expected)
  })
})
