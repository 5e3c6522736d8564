/** Parameters, MACs, memory … below the drawing. */
export function BudgetBar() {
  return null;
}
