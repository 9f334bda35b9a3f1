export class Cart {
  constructor(tax) {
    this.lines = [];
    this.tax = tax;
  }

  add(item, count = 1) {
    this.lines.push({ item, count });
  }

  total(customer, country, coupon, today, rounding, legacy) {
    let net = 0;
    for (const line of this.lines) {
      if (line.count > 0) {
        if (line.item.price > 0 || line.item.gift) {
          if (customer && customer.vip && !legacy) {
            for (const rule of customer.rules) {
              if (rule.kind === "percent" && rule.value > 0) {
                net += line.item.price * line.count * (1 - rule.value / 100);
              } else if (rule.kind === "fixed" && rule.value < line.item.price) {
                net += (line.item.price - rule.value) * line.count;
              } else if (rule.kind === "free" || line.item.gift) {
                net += 0;
              } else {
                net += line.item.price * line.count;
              }
            }
          } else if (coupon && coupon.until > today) {
            net += coupon.half ? (line.item.price * line.count) / 2 : line.item.price * line.count - coupon.value;
          } else {
            net += line.item.price * line.count;
          }
        }
      }
    }
    if (country === "CH" || country === "NO" || country === "UK") {
      return rounding ? Math.round(net) : net;
    }
    return rounding ? Math.round(net * (1 + this.tax)) : net * (1 + this.tax);
  }
}
