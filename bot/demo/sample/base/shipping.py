"""Shipping costs. Not run by anything: the demo lets Sealbeat read it."""

RATES = {"letter": 1.1, "parcel": 4.9, "pallet": 79.0}


def rate(kind, weight):
    if weight <= 0:
        raise ValueError("weight must be positive")
    return RATES[kind] * max(1, weight)


def quote(order, customer, today):
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
