import { Button, Group, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { projectsQuery } from '../../api/queries'
import { plural } from '../../format/numbers'
import { projectParam } from '../../layout/projectParam'
import { useTitle } from '../../layout/useTitle'
import { EmptyState } from '../../ui/EmptyState'
import { Loaded } from '../../ui/Loaded'
import { StateDot } from '../../ui/StateDot'
import { PointInTime } from '../../ui/Time'
import table from '../../ui/table.module.css'
import panel from '../../ui/Panel.module.css'
import { NewProjectModal } from './NewProjectModal'

/** How often to fetch the projects, in milliseconds: the server sends events only for a single project. */
const REFETCH_INTERVAL_MS = 5_000

export function ProjectsPage() {
  useTitle('Projects')
  const projects = useQuery({ ...projectsQuery, refetchInterval: REFETCH_INTERVAL_MS })
  const [creating, { open, close }] = useDisclosure()

  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={1}>Projects</Title>
        <Button leftSection={<IconPlus size={16} />} onClick={open}>
          New Project
        </Button>
      </Group>
      <Loaded query={projects} title="The projects could not be loaded">
        {({ items }) => (
          <div className={panel.panel}>{items.length === 0 ? <NoProjects /> : <ProjectTable projects={items} />}</div>
        )}
      </Loaded>
      <NewProjectModal opened={creating} onClose={close} />
    </>
  )
}

function NoProjects() {
  return (
    <EmptyState title="No projects yet">
      A project is the API of one app. Click “New Project” to create one. In your app, set{' '}
      <code>AKITA_SERVICE_NAME</code> to the project’s name.
    </EmptyState>
  )
}

function ProjectTable({ projects }: { projects: Schemas['Project'][] }) {
  return (
    <div className={panel.flush}>
      <table className={`${table.table} ${table.cards}`}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Traces</th>
            <th>Middleware</th>
            <th>Created</th>
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <tr key={project.id} className={table.linked}>
              <td>
                <Link className={table.cover} to="/projects/$project" params={{ project: projectParam(project) }}>
                  <strong>{project.name}</strong>
                </Link>
              </td>
              <td className={table.nowrap} data-label="Traces">
                {project.active_traces > 0 ? (
                  <StateDot tone="good">{project.active_traces} active</StateDot>
                ) : (
                  <StateDot tone="off">none active</StateDot>
                )}
              </td>
              <td className={table.nowrap} data-label="Middleware">
                {project.clients > 0 ? (
                  <StateDot tone="good">{plural(project.clients, 'client')}</StateDot>
                ) : (
                  <StateDot tone="off">none connected</StateDot>
                )}
              </td>
              <td className={`${table.quiet} ${table.nowrap}`} data-label="Created">
                <PointInTime time={project.created} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
