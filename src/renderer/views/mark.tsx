/** The product's mark. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M5 17h5l3-8 5 15 4-10 2 3h3" />
    </svg>
  );
}
