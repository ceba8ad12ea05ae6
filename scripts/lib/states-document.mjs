/**
 * @typedef {object} Machine
 * @property {Record<string, {phase: string}>} states one of every state, by its name
 * @property {{type: string, reason?: {code: string}}[]} events one of every event, or more where they differ
 * @property {(state: any, event: any) => readonly [{phase: string}, readonly {type: string}[]]} transition
 */

const intro = `# States

Both ends of a connection are state machines: pure functions of a state and an event, tested with random sequences of
events. These tables are generated from the functions themselves; an event that is not listed for a state changes
nothing there. Effects are done in the order given.
`;

/** @param {{title: string, about: string, machine: Machine}[]} sections */
export function renderStatesDocument(sections) {
  return [intro, ...sections.map(renderSection)].join('\n');
}

/** @param {{title: string, about: string, machine: Machine}} section */
function renderSection({ title, about, machine }) {
  const rows = Object.entries(machine.states).flatMap(([name, state]) => {
    const known = machine.events.flatMap((event) => renderRow(machine, name, state, event));
    return known.length > 0 ? known : [`| ${name} | any | ${name} | |`];
  });
  return [
    `## ${title}`,
    '',
    about,
    '',
    '| state | event | next state | effects |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** @param {Machine} machine @param {string} name @param {any} state @param {Machine['events'][number]} event */
function renderRow({ states, events, transition }, name, state, event) {
  const [next, effects] = transition(state, event);
  if (next === state && effects.length === 0) return [];
  const isOneOfSeveral = events.filter(({ type }) => type === event.type).length > 1;
  const label = isOneOfSeveral && event.reason ? `${event.type} (${event.reason.code})` : event.type;
  return [`| ${name} | ${label} | ${nameOf(states, next)} | ${effects.map(({ type }) => type).join(', ')} |`];
}

/** The state's name: of those with its phase, the one that is alike in all that a name can tell. */
function nameOf(/** @type {Machine['states']} */ states, /** @type {any} */ state) {
  const alike = Object.entries(states).filter(([, { phase }]) => phase === state.phase);
  const exact = alike.find(([, other]) => JSON.stringify(other) === JSON.stringify(state));
  return (exact ?? alike[0] ?? [state.phase])[0];
}
