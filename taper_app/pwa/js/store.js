import { useSyncExternalStore } from "react";
let snap = { ready: false, doses: [] };
const server = snap;
const subs = new Set();
export const useStore = () => useSyncExternalStore((f) => { subs.add(f); return () => subs.delete(f); }, () => snap, () => server);
const set = (s) => { snap = s; subs.forEach((f) => f()); };
if (typeof window !== "undefined") setTimeout(() => set({ ready: true, doses: [{ id: "a", label: "30 mg", taken: false }] }), 50);
export const take = (id, n) => set({ ...snap, doses: snap.doses.map((d) => (d.id === id ? { ...d, taken: true, label: d.label + n } : d)) });
