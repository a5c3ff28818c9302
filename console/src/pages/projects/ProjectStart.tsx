import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { recentTracesQuery } from '../../api/queries'
import { useProjectParam } from '../../layout/useProject'
import { Loaded } from '../../ui/Loaded'

/** Opens the API model of a project if it has one, else its traces. */
export function ProjectStart() {
  const project = useProjectParam()
  const traces = useQuery(recentTracesQuery(project))
  return (
    <Loaded query={traces} title="The project could not be loaded">
      {({ items }) => (
        <Navigate
          to={items.some((trace) => trace.witnesses > 0) ? '/projects/$project/model' : '/projects/$project/traces'}
          params={{ project }}
          replace
        />
      )}
    </Loaded>
  )
}
