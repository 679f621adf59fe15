import { type Signal, signal } from '@preact/signals'

/** A Mini App that lies open over a phone, as far as the client around it knows. */
export interface MiniApp {
  /** Where it is, with its launch fragment. */
  address: string
  isReady: Signal<boolean>
  isExpanded: Signal<boolean>
  main: Signal<BottomButton>
  secondary: Signal<BottomButton>
  hasBack: Signal<boolean>
  asksBeforeClosing: Signal<boolean>
  colors: Signal<Colors>
  /** Counts the times that the phone would have shaken. */
  shakes: Signal<number>
  /** Sends an event into the app; set while its frame stands. */
  send: (eventType: string, eventData?: unknown) => void
  /** Of its frame, in CSS pixels; set while that stands. */
  size: () => { width: number; height: number }
}

/** The button that the client draws under the app. Colours are `#rrggbb`. */
export interface BottomButton {
  text: string
  isVisible: boolean
  isActive: boolean
  isBusy: boolean
  color: string | undefined
  textColor: string | undefined
  position: 'left' | 'right' | 'top' | 'bottom'
}

interface Colors {
  header?: string
  background?: string
  bottomBar?: string
}

const HIDDEN: BottomButton = {
  text: 'Continue',
  isVisible: false,
  isActive: true,
  isBusy: false,
  color: undefined,
  textColor: undefined,
  position: 'left',
}

export function createMiniApp(address: string): MiniApp {
  return {
    address,
    isReady: signal(false),
    isExpanded: signal(false),
    main: signal(HIDDEN),
    secondary: signal({ ...HIDDEN, text: 'Cancel' }),
    hasBack: signal(false),
    asksBeforeClosing: signal(false),
    colors: signal({}),
    shakes: signal(0),
    send: () => {},
    size: () => ({ width: 0, height: 0 }),
  }
}
