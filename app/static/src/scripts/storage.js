// What may this browser remember? A browser that forbids it, or is full, simply remembers nothing.

const trying = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

const storage = (name) => ({
  read: (key) => trying(() => JSON.parse(window[name].getItem(key))) ?? undefined,
  write: (key, value) => trying(() => window[name].setItem(key, JSON.stringify(value))),
  remove: (key) => trying(() => window[name].removeItem(key)),
  keys: (prefix) => (trying(() => Object.keys(window[name])) ?? []).filter((key) => key.startsWith(prefix)),
});

/** As long as the window. */
export const ofWindow = storage("sessionStorage");

/** On this computer, for every window of ours. */
export const ofComputer = storage("localStorage");
