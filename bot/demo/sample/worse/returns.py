"""What a customer gets back. Not run by anything: the demo lets Sealbeat read it."""

from shipping import RATES, rate


def refund(order, customer, today):
    total = 0
    for line in order.lines:
        if line.kind in RATES:
            if customer.country == "FR" or customer.country == "DE":
                if line.weight > 30:
                    if line.fragile:
                        total += rate("pallet", line.weight) * 1.5
                    else:
                        total += rate("pallet", line.weight)
                elif line.weight > 2 and not line.folded:
                    total += rate("parcel", line.weight)
                else:
                    total += rate("letter", line.weight)
            elif customer.country == "CH":
                total += rate(line.kind, line.weight) * 2
                if today.weekday() > 4:
                    total += 5
            else:
                raise ValueError("no delivery there")
        else:
            raise ValueError("unknown kind")
    return total


def refund_safely(order, customer, today):
    try:
        return refund(order, customer, today)
    except Exception:
        pass
