fun set(view: View, a: Int) {
    this.count = count
    view.layoutParams = view.layoutParams
    text = text
    make(count = count)
}
