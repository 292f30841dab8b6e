// What names one thing among all there ever are: a request that may be repeated, an open page?

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // without https
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
