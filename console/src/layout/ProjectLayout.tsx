import { VisuallyHidden } from '@mantine/core'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LiveContext, refetchIntervalMs, useProjectEvents } from '../api/events'
import { ApiError } from '../api/problem'
import { projectQuery } from '../api/queries'
import { EmptyState } from '../ui/EmptyState'
import { Loaded } from '../ui/Loaded'
import { RouteTabs, tabProps } from '../ui/RouteTabs'
import { StateDot } from '../ui/StateDot'
import classes from './ProjectLayout.module.css'
import { useProjectParam } from './useProject'

/** The tabs of a project. Follows the project's events while it is on screen. */
export function ProjectLayout() {
  const param = useProjectParam()
  return <OpenProject key={param} param={param} />
}

function OpenProject({ param }: { param: string }) {
  const live = useProjectEvents(param)
  const project = useQuery({ ...projectQuery(param), refetchInterval: refetchIntervalMs(live) })

  if (project.error instanceof ApiError && project.error.problem.status === 404) {
    return (
      <EmptyState title={`Project ${param} not found`} level={1}>
        It may have a different name, or it was deleted. <Link to="/">See all projects</Link>
      </EmptyState>
    )
  }
  return (
    <LiveContext value={live}>
      <Loaded query={project} title="The project could not be loaded">
        {({ name }) => (
          <>
            <VisuallyHidden component="h1">{name}</VisuallyHidden>
            <ProjectTabs param={param} aside={<Connection live={live} project={project} />} />
            <div className={classes.content}>
              <Outlet />
            </div>
          </>
        )}
      </Loaded>
    </LiveContext>
  )
}

function ProjectTabs({ param: project, aside }: { param: string; aside: ReactNode }) {
  const section = useLocation({ select: (location) => location.pathname.split('/')[3] })
  return (
    <RouteTabs label="Project" aside={aside}>
      <Link to="/projects/$project/model" params={{ project }} {...tabProps(section === 'model')}>
        API model
      </Link>
      <Link to="/projects/$project/traces" params={{ project }} {...tabProps(section === 'traces')}>
        Traces
      </Link>
      <Link to="/projects/$project/diagnostics/daemons" params={{ project }} {...tabProps(section === 'diagnostics')}>
        Diagnostics
      </Link>
      <Link to="/projects/$project/settings" params={{ project }} {...tabProps(section === 'settings')}>
        Settings
      </Link>
    </RouteTabs>
  )
}

/** Shows whether the page is updated live. */
function Connection({ live, project }: { live: boolean; project: UseQueryResult }) {
  return (
    <div role="status" className={classes.connection}>
      {live ? (
        <StateDot tone="good">Live</StateDot>
      ) : project.failureCount > 0 ? (
        <StateDot tone="bad">No connection, retrying</StateDot>
      ) : (
        <span className={classes.delayed}>
          <StateDot tone="waiting">Connecting</StateDot>
        </span>
      )}
    </div>
  )
}
