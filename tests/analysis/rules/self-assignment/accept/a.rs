fn set(&mut self, count: u32) {
    self.count = count;
    let total = total;
    make(Point { x: x });
}
