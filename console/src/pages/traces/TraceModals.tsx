import type { Schemas } from '../../api/client'
import { DeleteTraceModal } from './DeleteTraceModal'
import { ExtendTraceModal } from './ExtendTraceModal'
import { RenameTraceModal } from './RenameTraceModal'
import type { TraceAction } from './TraceMenu'

/** The action that is open, and its trace. */
export interface OpenAction {
  action: TraceAction
  trace: Schemas['Trace']
}

export interface TraceModalProps {
  project: string
  /** The trace that it concerns; without one, the modal is closed. */
  trace: Schemas['Trace'] | undefined
  onClose: () => void
}

interface TraceModalsProps {
  project: string
  open: OpenAction | undefined
  onClose: () => void
}

/** The dialogs of the traces of a page. A dialog stays open if its trace moves to another list. */
export function TraceModals({ project, open, onClose }: TraceModalsProps) {
  const traceOf = (action: TraceAction) => (open?.action === action ? open.trace : undefined)
  return (
    <>
      <RenameTraceModal project={project} trace={traceOf('rename')} onClose={onClose} />
      <ExtendTraceModal project={project} trace={traceOf('extend')} onClose={onClose} />
      <DeleteTraceModal project={project} trace={traceOf('delete')} onClose={onClose} />
    </>
  )
}
