import { Menu, UnstyledButton } from '@mantine/core'
import { IconSelector } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { projectQuery, projectsQuery } from '../api/queries'
import classes from './ProjectSwitch.module.css'
import { projectParam } from './projectParam'

/** The name of the open project, with a menu of all projects. */
export function ProjectSwitch({ current }: { current: string }) {
  const project = useQuery(projectQuery(current))
  const projects = useQuery(projectsQuery)
  const name = project.data?.name ?? current

  return (
    <>
      <span className={classes.slash} aria-hidden>
        /
      </span>
      <Menu position="bottom-start" width={240} withinPortal>
        <Menu.Target>
          <UnstyledButton className={classes.target} aria-label={`Project ${name}: switch project`}>
            <span className={classes.name}>{name}</span>
            <IconSelector size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          <Menu.Label>Projects</Menu.Label>
          {projects.data?.items.map((p) => (
            <Menu.Item
              key={p.id}
              fw={p.name === name ? 600 : undefined}
              renderRoot={(props) => <Link to="/projects/$project" params={{ project: projectParam(p) }} {...props} />}
            >
              {p.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item renderRoot={(props) => <Link to="/" {...props} />}>All projects</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
