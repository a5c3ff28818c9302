import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { projectQuery } from '../../api/queries'
import { useProjectName, useProjectParam } from '../../layout/useProject'
import { useTitle } from '../../layout/useTitle'
import { Loaded } from '../../ui/Loaded'
import { DeleteProject } from './DeleteProject'
import { Retention } from './Retention'

/** How long the calls of a project are kept, and how to delete it. */
export function ProjectSettingsPage() {
  const param = useProjectParam()
  useTitle('Settings', useProjectName())
  const project = useQuery(projectQuery(param))
  return (
    <Loaded query={project} title="The project could not be loaded">
      {(data) => (
        <Stack gap="md">
          <Retention param={param} days={data.retention_days} />
          <DeleteProject param={param} project={data} />
        </Stack>
      )}
    </Loaded>
  )
}
