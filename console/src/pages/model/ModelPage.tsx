import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ModelFilters } from '../../api/client'
import { useRefetchInterval } from '../../api/events'
import { modelQuery } from '../../api/queries'
import { useProjectName, useProjectParam } from '../../layout/useProject'
import { useTitle } from '../../layout/useTitle'
import { Loaded } from '../../ui/Loaded'
import panel from '../../ui/Panel.module.css'
import { EndpointTable } from './EndpointTable'
import { Facets } from './Facets'
import { filtersOf } from './filters'
import classes from './ModelPage.module.css'
import { NoEndpoints } from './NoEndpoints'
import { sorted, type SortColumn } from './sorting'
import { Toolbar } from './Toolbar'

/** The endpoints of a project, or of one of its traces. The filters and the order are in the URL. */
export function ModelPage() {
  const project = useProjectParam()
  useTitle('API model', useProjectName())
  const search = useSearch({ from: '/shell/projects/$project/model' })
  const navigate = useNavigate({ from: '/projects/$project/model' })
  const filters = filtersOf({ ...search })
  const model = useQuery({ ...modelQuery(project, filters), refetchInterval: useRefetchInterval() })

  const isEmpty = model.data?.witnesses === 0 && Object.keys(filters).length === 0

  const setFilters = (next: ModelFilters) => {
    void navigate({ search: { ...next, sort: search.sort }, replace: true, resetScroll: false })
  }
  const setSort = (sort: SortColumn | undefined) => {
    void navigate({ search: { ...filters, sort }, replace: true, resetScroll: false })
  }

  return (
    <>
      {!isEmpty && <Toolbar project={project} filters={filters} onChange={setFilters} />}
      <Loaded query={model} title="The API model could not be loaded">
        {({ witnesses, unmatched = 0, browser = 0, withheld = 0, endpoints, facets, hosts }) =>
          witnesses === 0 ? (
            <NoEndpoints project={project} trace={filters.trace} />
          ) : (
            <div className={classes.layout} data-stale={model.isPlaceholderData}>
              <Facets facets={facets} filters={filters} onChange={setFilters} />
              <div className={panel.panel}>
                <EndpointTable
                  project={project}
                  trace={filters.trace}
                  witnesses={witnesses}
                  unmatched={unmatched}
                  browser={browser}
                  hosts={hosts}
                  withheld={withheld}
                  endpoints={sorted(endpoints, search.sort)}
                  sort={search.sort}
                  onSort={setSort}
                  onClearFilters={() => {
                    setFilters(filtersOf({ trace: filters.trace }))
                  }}
                />
              </div>
            </div>
          )
        }
      </Loaded>
    </>
  )
}
