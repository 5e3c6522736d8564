export function Drawings() {
  return null;
}
