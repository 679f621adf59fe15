/** Drawn on a grid of 24, with the colour of the text around. Decoration: never the only thing that says something. */
export function Icon({ name, class: className }: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${className ?? ''}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}

export type IconName = keyof typeof PATHS

const PATHS = {
  ticket:
    'M4 6h16a1 1 0 0 1 1 1v3a2 2 0 0 0 0 4v3a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-3a2 2 0 0 0 0-4V7a1 1 0 0 1 1-1zM14 9v1.500M14 13.500V15',
  receipt:
    'M6 3v18l2-1.500 2 1.500 2-1.500 2 1.500 2-1.500 2 1.500V3l-2 1.500L14 3l-2 1.500L10 3 8 4.500zM9 9h6M9 13h6',
  share: 'M12 15V4M8 7.500 12 3.500l4 4M5 12v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7',
  gift: 'M4 11h16v9H4zM3 7.500h18V11H3zM12 7.500V20M12 7.500C9 7.500 7.500 6.500 7.500 5S9 3 10 3.800 12 7.500 12 7.500zM12 7.500c3 0 4.500-1 4.500-2.500S15 3 14 3.800 12 7.500 12 7.500z',
  percent:
    'M18 6 6 18M8 9.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM16 17.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  scan: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16',
  copy: 'M9 9h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM16 9V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  stop: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9h6v6H9z',
  pause: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM10 9v6M14 9v6',
  lock: 'M6 11h12v9H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11',
  offline:
    'M3 3l18 18M8.500 16.500a5 5 0 0 1 5-1.200M5 13a10 10 0 0 1 4-2.500M2 9.500a14 14 0 0 1 4.500-3M19 13a10 10 0 0 0-5-2.900M22 9.500A14.500 14.500 0 0 0 10.500 5M12 20h.01',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.500a3.500 3.500 0 0 1 0 6M18 14.500a6.500 6.500 0 0 1 3.500 5.500',
  bell: 'M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20h4',
  idea: 'M9.500 17h5M10 20.500h4M9.500 17c0-2.500-3-3.500-3-7.500a5.500 5.500 0 0 1 11 0c0 4-3 5-3 7.500',
  next: 'm9.500 6 6 6-6 6',
  plus: 'M12 5v14M5 12h14',
  shop: 'M4 10v9a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-9M3 10l1.500-6h15L21 10a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM10 20v-5h4v5',
  chart: 'M4 20h16M6.500 16v-5M12 16V5M17.500 16V9',
  horn: 'M4 10v4l11 4.500v-13zM4 14v0M15 9a3 3 0 0 1 0 6M7 15v4h3v-3',
  sliders:
    'M4 8h9M17 8h3M4 16h3M11 16h9M15 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM9 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  undo: 'M8 5 4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3',
  cross: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  play: 'M8 5.500v13l10.500-6.500z',
} as const
