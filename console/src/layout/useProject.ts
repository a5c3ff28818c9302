import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { projectQuery } from '../api/queries'

/** The project of the address: an id or a name. */
export function useProjectParam(): string {
  return useParams({ from: '/shell/projects/$project', select: (params) => params.project })
}

/** The name of the project of the address; the layout shows pages only once it is known. */
export function useProjectName(): string {
  const param = useProjectParam()
  return useQuery(projectQuery(param)).data?.name ?? param
}
