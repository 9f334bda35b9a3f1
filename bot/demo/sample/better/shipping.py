"""Shipping costs. Not run by anything: the demo lets Sealbeat read it."""

RATES = {"letter": 1.1, "parcel": 4.9, "pallet": 79.0}


def rate(kind, weight):
    if weight <= 0:
        raise ValueError("weight must be positive")
    return RATES[kind] * max(1, weight)


def domestic(line, _today):
    if line.weight > 30:
        return rate("pallet", line.weight) * (1.5 if line.fragile else 1)
    if line.weight > 2 and not line.folded:
        return rate("parcel", line.weight)
    return rate("letter", line.weight)


def swiss(line, today):
    weekend = 5 if today.weekday() > 4 else 0
    return rate(line.kind, line.weight) * 2 + weekend


TARIFFS = {"FR": domestic, "DE": domestic, "CH": swiss}


def quote(order, customer, today):
    tariff = TARIFFS.get(customer.country)
    if tariff is None:
        raise ValueError("no delivery there")
    return sum(tariff(line, today) for line in order.lines)
