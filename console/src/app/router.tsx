import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router'
import type { ModelFilters } from '../api/client'
import { ErrorPage, NotFoundPage } from '../layout/ErrorPage'
import { ProjectLayout } from '../layout/ProjectLayout'
import { Shell } from '../layout/Shell'
import { filtersOf } from '../pages/model/filters'
import { sortOf, type SortColumn } from '../pages/model/sorting'
import { parseSearch, stringifySearch, textOf } from './search'

/*
 * Every page of the console and its URL. Pages are loaded when they are first
 * shown. Filters and open tabs are part of the URL.
 */

const root = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: ErrorPage })

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: textOf(search.token) }),
  component: lazyRouteComponent(() => import('../pages/login/SetupPage'), 'SetupPage'),
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: textOf(search.next) }),
  component: lazyRouteComponent(() => import('../pages/login/LoginPage'), 'LoginPage'),
})

/** The parent of all pages that need a login. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

const projects = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/projects/ProjectsPage'), 'ProjectsPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings/SettingsLayout'), 'SettingsLayout'),
})
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: () => <Navigate to="/settings/api-keys" replace />,
})
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../pages/settings/ApiKeysPage'), 'ApiKeysPage'),
})
const account = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/settings/AccountPage'), 'AccountPage'),
})

const project = createRoute({ getParentRoute: () => shell, path: '/projects/$project', component: ProjectLayout })
const projectStart = createRoute({
  getParentRoute: () => project,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/projects/ProjectStart'), 'ProjectStart'),
})
const model = createRoute({
  getParentRoute: () => project,
  path: '/model',
  validateSearch: (search: Record<string, unknown>): ModelSearch => ({ ...filtersOf(search), sort: sortOf(search) }),
  component: lazyRouteComponent(() => import('../pages/model/ModelPage'), 'ModelPage'),
})
const endpoint = createRoute({
  getParentRoute: () => project,
  path: '/model/$endpoint',
  validateSearch: (search: Record<string, unknown>): EndpointSearch => ({
    trace: textOf(search.trace),
    response: textOf(search.response),
    media: textOf(search.media),
    requestMedia: textOf(search.requestMedia),
  }),
  component: lazyRouteComponent(() => import('../pages/endpoint/EndpointPage'), 'EndpointPage'),
})
const traces = createRoute({
  getParentRoute: () => project,
  path: '/traces',
  component: lazyRouteComponent(() => import('../pages/traces/TracesPage'), 'TracesPage'),
})
const diagnostics = createRoute({
  getParentRoute: () => project,
  path: '/diagnostics',
  component: lazyRouteComponent(() => import('../pages/diagnostics/DiagnosticsLayout'), 'DiagnosticsLayout'),
})
const diagnosticsStart = createRoute({
  getParentRoute: () => diagnostics,
  path: '/',
  component: () => (
    <Navigate from="/projects/$project/diagnostics" to="/projects/$project/diagnostics/daemons" replace />
  ),
})
const daemons = createRoute({
  getParentRoute: () => diagnostics,
  path: '/daemons',
  component: lazyRouteComponent(() => import('../pages/diagnostics/DaemonsPage'), 'DaemonsPage'),
})
const projectSettings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/project/ProjectSettingsPage'), 'ProjectSettingsPage'),
})

/** Which endpoints to show, and in which order. */
interface ModelSearch extends ModelFilters {
  sort?: SortColumn
}

/** Which parts of an endpoint to show. */
interface EndpointSearch {
  /** Only what was seen in this trace. */
  trace?: string
  /** The status code of the response that is open. */
  response?: string
  /** The media type that is open in that response. */
  media?: string
  /** The media type of the request body that is open. */
  requestMedia?: string
}

const routeTree = root.addChildren([
  setup,
  login,
  shell.addChildren([
    projects,
    settings.addChildren([settingsStart, apiKeys, account]),
    project.addChildren([
      projectStart,
      model,
      endpoint,
      traces,
      diagnostics.addChildren([diagnosticsStart, daemons]),
      projectSettings,
    ]),
  ]),
])

export function createAppRouter() {
  return createRouter({ routeTree, parseSearch, stringifySearch, defaultPreload: 'intent', scrollRestoration: true })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
