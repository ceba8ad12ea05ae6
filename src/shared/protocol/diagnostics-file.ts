/** A diagnostics report as it is written: JSON with an indentation, since it is to be read. */
export function formatDiagnosticsReport(report: unknown): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A name for its file that tells when it was made: an ISO time, in UTC. */
export function nameDiagnosticsReport(madeAt: string): string {
  return `pulsewire-diagnostics-${madeAt.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.json`;
}
