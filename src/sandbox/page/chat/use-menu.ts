import { useEffect, useState } from 'preact/hooks'
import type { SimMenu } from '../../sim.ts'
import { useDesk } from '../state/desk-context.ts'

const NO_MENU: SimMenu = { commands: [], button: { type: 'default' } }

/** The commands and the menu button that a person finds in a chat. Two people's chat has none. */
export function useMenu(person: number | undefined, chat: number | undefined): SimMenu {
  const desk = useDesk()
  const edition = desk.menuEdition.value
  const [menu, setMenu] = useState(NO_MENU)
  useEffect(() => {
    let isOld = false
    const hasBot = person !== undefined && chat !== undefined && (chat < 0 || chat === person)
    const found = hasBot ? desk.api.menu(chat, person) : Promise.resolve(NO_MENU)
    found.then(
      (now) => isOld || setMenu(now),
      () => isOld || setMenu(NO_MENU),
    )
    return () => {
      isOld = true
    }
  }, [person, chat, edition])
  return menu
}
