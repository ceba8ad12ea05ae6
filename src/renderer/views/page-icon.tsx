/** One set of outlines on a grid of 20, drawn with one stroke width, so that they look alike side by side. */
const paths = {
  overview: 'M3 3.5h6v6H3zM11 3.5h6v3.5h-6zM11 9.5h6v7h-6zM3 12h6v4.5H3z',
  processor:
    'M5.5 5.5h9v9h-9zM8 8h4v4H8zM7.5 5.5V3m5 2.5V3m-5 14v-2.5m5 2.5v-2.5M5.5 7.5H3m2.5 5H3m14-5h-2.5m2.5 5h-2.5',
  memory: 'M2.5 6h15v7.5h-15zM5.5 13.5V16m3-2.5V16m3-2.5V16m3-2.5V16M6 8.5v2.5m4-2.5v2.5m4-2.5v2.5',
  disk: 'M3 5.5c0-1.4 3.1-2.5 7-2.5s7 1.1 7 2.5v9c0 1.4-3.1 2.5-7 2.5s-7-1.1-7-2.5zM3 5.5C3 6.9 6.1 8 10 8s7-1.1 7-2.5M3 10c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5',
  network: 'M6.5 16V4.5M6.5 4.5 3.5 7.5M6.5 4.5l3 3M13.5 4v11.5M13.5 15.5l-3-3M13.5 15.5l3-3',
  process: 'M3 4.5h14M3 8.2h14M3 11.9h9M3 15.6h6M14 12.5l3 2.6-3 2.6z',
  sensor: 'M8 12V5a2 2 0 1 1 4 0v7a3.4 3.4 0 1 1-4 0zM10 8v6.5',
  graphics: 'M2.5 5h15v9h-15zM7.5 9.5a2.4 2.4 0 1 0 4.8 0 2.4 2.4 0 1 0-4.8 0M4.5 14v2.5m3-2.5v2.5',
  container: 'M3 6.5 10 3l7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7',
  service:
    'M10 7.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM10 2.5v2.3m0 10.4v2.3M2.5 10h2.3m10.4 0h2.3M4.7 4.7l1.6 1.6m7.4 7.4 1.6 1.6m0-10.6-1.6 1.6m-7.4 7.4-1.6 1.6',
  host: 'M3 3.5h14v5.5H3zM3 11h14v5.5H3zM6 6.3h.1M6 13.8h.1M10 6.3h4M10 13.8h4',
  sharing: 'M5.5 13.8a6.4 6.4 0 0 1 9 0M2.9 11.1a10 10 0 0 1 14.2 0M8.2 16.4a2.6 2.6 0 0 1 3.6 0M10 3.2v4.2',
  viewers:
    'M7 4.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8ZM1.8 16.2a5.2 5.2 0 0 1 10.4 0M13 4.5a2.8 2.8 0 0 1 0 5.2M14.8 11.6a5.2 5.2 0 0 1 3.4 4.6',
  cost: 'M3 14.5a7 7 0 1 1 14 0M10 14.5 13.2 9M6 14.5h8',
  diagnostics: 'M2.5 10h3.2L8 4.5l4 11 2.3-5.5h3.2',
} as const;

export type PageIconName = keyof typeof paths;

/** The sign of a page. It says nothing that the words beside it do not. */
export function PageIcon({ name }: { readonly name: PageIconName }) {
  return (
    <svg className="page-icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
