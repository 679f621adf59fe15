import { useEffect } from 'preact/hooks'
import { useDesk } from '../state/desk-context.ts'
import { Columns } from './columns.tsx'
import { TopBar } from './top-bar.tsx'

export function App() {
  const desk = useDesk()
  const connection = desk.connection.value
  const isEmpty = desk.world.value?.people.length === 0
  useEffect(() => {
    document.documentElement.dataset['step'] = String(desk.step.value)
  })
  return (
    <div class="page">
      <TopBar />
      {connection === 'lost' && (
        <p class="banner" role="alert">
          The sandbox does not answer. It comes back by itself when the program runs again.
        </p>
      )}
      {isEmpty && (
        <p class="banner">
          Nobody lives in this sandbox yet. People appear when the program has filled it.
        </p>
      )}
      <Columns />
    </div>
  )
}
