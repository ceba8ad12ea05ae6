/** A state in a word, in the colour of whether it is one to worry about. */
export function StateWord({ state, good }: { readonly state: string; readonly good: boolean }) {
  return <span className={good ? 'state' : 'state state--odd'}>{state}</span>;
}
