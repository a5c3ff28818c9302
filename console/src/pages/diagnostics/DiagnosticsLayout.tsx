import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useProjectParam } from '../../layout/useProject'
import { RouteTabs, tabProps } from '../../ui/RouteTabs'
import classes from './DiagnosticsLayout.module.css'

export function DiagnosticsLayout() {
  const project = useProjectParam()
  const section = useLocation({ select: (location) => location.pathname.split('/')[4] })
  return (
    <>
      <RouteTabs label="Diagnostics">
        <Link to="/projects/$project/diagnostics/daemons" params={{ project }} {...tabProps(section === 'daemons')}>
          Daemons
        </Link>
      </RouteTabs>
      <div className={classes.content}>
        <Outlet />
      </div>
    </>
  )
}
