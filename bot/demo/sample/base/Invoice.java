package shop;

import java.util.List;

public class Invoice {
    private final List<Line> lines;

    public Invoice(List<Line> lines) {
        this.lines = lines;
    }

    public long totalCents() {
        long total = 0;
        for (Line line : lines) {
            total += line.cents() * line.count();
        }
        return total;
    }
}
