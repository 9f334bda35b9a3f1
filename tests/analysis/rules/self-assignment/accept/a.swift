func set(view: View, a: Int) {
    self.count = count
    view.frame = view.frame
    text = text
    let count = count
}
