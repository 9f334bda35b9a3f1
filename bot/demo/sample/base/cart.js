export class Cart {
  constructor(tax) {
    this.lines = [];
    this.tax = tax;
  }

  add(item, count = 1) {
    this.lines.push({ item, count });
  }

  total() {
    const net = this.lines.reduce((sum, line) => sum + line.item.price * line.count, 0);
    return net * (1 + this.tax);
  }
}
