/** Stands where the table will, so that nothing jumps when it comes; without signs of life where none is to come. */
export function ProcessPlaceholder({ loading }: { readonly loading: boolean }) {
  return (
    <div className="process-placeholder" aria-hidden="true" data-testid="process-placeholder">
      {loading && Array.from({ length: 14 }, (_, at) => <span key={at} />)}
    </div>
  );
}
