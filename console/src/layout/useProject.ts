import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { projectQuery } from '../api/queries'

/** Returns the id or name of the project in the URL. */
export function useProjectParam(): string {
  return useParams({ from: '/shell/projects/$project', select: (params) => params.project })
}

/** Returns the name of the project in the URL. ProjectLayout has loaded it before it shows a page. */
export function useProjectName(): string {
  const param = useProjectParam()
  return useQuery(projectQuery(param)).data?.name ?? param
}
