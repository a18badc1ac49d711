export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#2F54C8" />
      <path
        d="M7 18c2.200-6 5-7.600 7-3.400S18.500 23 21 18s3.300-4.600 4.500-4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.600"
        strokeLinecap="round"
      />
    </svg>
  );
}
