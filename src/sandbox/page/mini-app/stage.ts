import type { Desk } from '../state/desk.ts'
import type { Phone } from '../state/phones.ts'
import type { MiniApp } from './mini-app.ts'

/** An open Mini App with the phone and the desk that it lies on. */
export interface Stage {
  desk: Desk
  phone: Phone
  app: MiniApp
}
