export function TradeOff() {
  return null;
}
