import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useRefetchInterval } from '../../api/events'
import { ApiError } from '../../api/problem'
import { endpointQuery } from '../../api/queries'
import { useProjectName } from '../../layout/useProject'
import { useTitle } from '../../layout/useTitle'
import { EmptyState } from '../../ui/EmptyState'
import { Loaded } from '../../ui/Loaded'
import { Authentication } from './Authentication'
import { EndpointHead } from './EndpointHead'
import classes from './EndpointPage.module.css'
import { Parameters } from './Parameters'
import { RequestBodies } from './RequestBodies'
import { Responses } from './Responses'
import { Timing } from './Timing'

/** Everything that the model knows about an endpoint. */
export function EndpointPage() {
  const { project, endpoint: id } = useParams({ from: '/shell/projects/$project/model/$endpoint' })
  const { trace } = useSearch({ from: '/shell/projects/$project/model/$endpoint' })
  const endpoint = useQuery({ ...endpointQuery(project, id, trace), refetchInterval: useRefetchInterval() })
  useTitle(endpoint.data ? `${endpoint.data.method} ${endpoint.data.path}` : 'Endpoint', useProjectName())

  if (endpoint.error instanceof ApiError && endpoint.error.problem.status === 404) {
    return (
      <EmptyState title="Endpoint not found">
        <Link to="/projects/$project/model" params={{ project }} search={{ trace }}>
          See all endpoints
        </Link>
      </EmptyState>
    )
  }
  return (
    <Loaded query={endpoint} title="The endpoint could not be loaded">
      {(detail) => (
        <>
          <EndpointHead project={project} trace={trace} endpoint={detail} />
          <div className={classes.layout}>
            <div className={classes.column}>
              <Parameters parameters={detail.parameters} />
              {detail.request_bodies.length > 0 && <RequestBodies bodies={detail.request_bodies} />}
              <Responses responses={detail.responses} requests={detail.requests} />
            </div>
            <div className={classes.column}>
              <Timing latency={detail.latency_ms} histogram={detail.latency_histogram} responses={detail.responses} />
              <Authentication counts={detail.auth_counts} requests={detail.requests} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  )
}
