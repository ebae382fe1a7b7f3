/** People who use the demo chat by themselves, and those kept free for whoever opens the chat page. */
export const SIMULATED_USERS = [
  "alice",
  "ben",
  "carla",
  "diego",
  "emma",
  "farid",
  "grace",
  "hugo",
  "ines",
  "jonas",
  "kira",
  "liam",
  "mona",
  "nils",
  "olga",
  "pavel",
  "quinn",
  "rosa",
  "samir",
  "tara",
] as const;

export const GUESTS = ["guest-1", "guest-2", "guest-3"] as const;
