/** A junction with two signals: the line that is clear and the one that is not. */
export function Logo() {
  return (
    <svg viewBox="0 0 28 18" className="h-[18px] w-7 shrink-0" aria-hidden="true" focusable="false">
      <path
        d="M1 15h26M1 15h5l9-11h12"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="22" cy="4" r="3" className="fill-good-fill" />
      <circle cx="22" cy="15" r="3" className="fill-bad-fill" />
    </svg>
  );
}
