import type { KeyboardEvent, ReactNode } from 'react'
import classes from './RouteTabs.module.css'

interface RouteTabsProps {
  label: string
  /** Links with tabProps. */
  children: ReactNode
  /** Shown at the right of the tabs. */
  aside?: ReactNode
}

/** Tabs that are links, each with its own URL. Arrow keys move between them. */
export function RouteTabs({ label, children, aside }: RouteTabsProps) {
  return (
    <div className={classes.bar}>
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus -- the tabs in it have the focus */}
      <div role="tablist" aria-label={label} className={classes.tabs} onKeyDown={moveFocus}>
        {children}
      </div>
      {aside !== undefined && <div className={classes.aside}>{aside}</div>}
    </div>
  )
}

/** Returns the properties that make a link a tab. */
export function tabProps(selected: boolean) {
  return { role: 'tab', 'aria-selected': selected, className: classes.tab } as const
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.indexOf(document.activeElement as HTMLElement)
  const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }
  const step = steps[event.key]
  if (at < 0 || step === undefined) return
  event.preventDefault()
  tabs.at(step % tabs.length)?.focus()
}
