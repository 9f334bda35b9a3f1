package main

func view(name string) {
	x := template.HTML("<b>bold</b>")
	y := template.HTML("<b>" + html.EscapeString(name) + "</b>")
}
