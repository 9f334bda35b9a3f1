fn set(&mut self, count: u32) {
    self.count = self.count; // HERE
    total = total; // HERE
}
