import { expect, test } from 'vitest'
import { createMiniApp } from '../../../src/sandbox/page/mini-app/mini-app.ts'
import { popupButtonsOf, setUpButton } from '../../../src/sandbox/page/mini-app/read-params.ts'

test('a set-up of the main button changes what it names and leaves the rest', () => {
  const hidden = createMiniApp('/app/').main.value
  const shown = setUpButton(hidden, { is_visible: true, text: 'Get it', color: '#2473C0' })

  const busy = setUpButton(shown, { is_progress_visible: true, is_active: false })

  expect(busy).toEqual({
    ...hidden,
    text: 'Get it',
    color: '#2473C0',
    isVisible: true,
    isBusy: true,
    isActive: false,
  })
})

test('a colour that is none, and a text that is no text, change nothing', () => {
  const before = createMiniApp('/app/').main.value

  const after = setUpButton(before, { color: 'url(x)', text: 7, is_visible: 'yes', position: 'up' })

  expect(after).toEqual(before)
})

test('buttons of a known kind bring their own words', () => {
  const buttons = [
    { id: 'a', type: 'cancel' },
    { id: 'b', type: 'destructive', text: 'Use it' },
  ]

  expect(popupButtonsOf({ buttons })).toEqual([
    { id: 'a', text: 'Cancel', isDestructive: false },
    { id: 'b', text: 'Use it', isDestructive: true },
  ])
  expect(popupButtonsOf({})).toEqual([])
})
