const ADDRESS = new URL('../icon.svg', import.meta.url).href

/** As large as what it stands in. */
export function Logo() {
  return <img class="logo" src={ADDRESS} alt="" />
}
