/** Which rooms each room of src/ may import, besides itself. Imports go down only; docs/architecture.md is held to this. */
const mayImport = {
  shared: [],
  core: ['shared'],
  client: ['shared'],
  node: ['core', 'shared'],
  main: ['node', 'client', 'core', 'shared'],
  headless: ['node', 'client', 'core', 'shared'],
  preload: ['shared'],
  renderer: ['client', 'shared'],
};

/** The rooms as zones of the linter's rule `import-x/no-restricted-paths`. */
export const roomZones = Object.entries(mayImport).map(([room, others]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...others].map((allowed) => `./${allowed}`),
  message: `src/${room} may import only ${[...others, 'itself'].join(', ')}.`,
}));
